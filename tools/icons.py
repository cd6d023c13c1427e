"""Make the icons as PNG, as phones want them, from the drawings: full squares, which a phone cuts itself."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parents[1] / "src" / "fallow" / "web" / "static"
SIZES = (192, 512)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    browser_path = os.environ.get("FALLOW_CHROMIUM") or next(path for name in names if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        for drawing in sorted(FOLDER.glob("icon-*.svg")):
            for size in SIZES:
                page = browser.new_page(viewport={"width": size, "height": size})
                square = drawing.read_text("utf-8").replace(' rx="7"', "").replace("<svg ", f'<svg width="{size}" ')
                page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{square}")
                page.screenshot(path=FOLDER / f"{drawing.stem}-{size}.png")
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
