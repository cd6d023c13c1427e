"""Make the pictures of the documents from the running demo: a phone, dark and light; each chart on its own too."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
PAGES = {
    "today": "/",
    "urge": "/now",
    "picture": "/picture",
    "help": "/help?country=DE",
    "plans": "/plans",
    "known": "/known",
    "hours": "/hours",
    "ways": "/ways",
    "more": "/more",
}
WITH_CHARTS = ("/picture", "/ways")
PHONE = {"width": 390, "height": 844}
EDGE = 16
"""Pixels around a chart."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    browser_path = os.environ.get("FALLOW_CHROMIUM") or next(path for name in names if (path := shutil.which(name)))
    environment = os.environ | {"TZ": "Europe/Berlin"}
    demo = subprocess.Popen(
        [sys.executable, "-m", "fallow", "demo", "--port", "0", "--no-browser", "--json"],
        env=environment, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert demo.stdout is not None
    link = json.loads(demo.stdout.readline())["link"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        context = browser.new_context(viewport=PHONE, is_mobile=True, color_scheme="dark")
        page = context.new_page()
        page.goto(link)
        page.wait_for_selector("nav.main")
        origin = page.url.rstrip("/")
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            for name, path in PAGES.items():
                page.goto(origin + path)
                opening = page.get_by_role("button", name="Open it")
                if opening.count():
                    opening.click()
                    page.goto(origin + path)  # anew, so that its scale is that of this page
                page.screenshot(path=FOLDER / f"{name}-{scheme}.png")
            for path in WITH_CHARTS:
                charts(page, origin + path, scheme)
    demo.send_signal(signal.SIGTERM)
    demo.wait()


def charts(page: Page, address: str, scheme: str) -> None:
    """Every chart of a page with its heading and sentence, on a phone made long, so that no bar covers one."""
    page.goto(address)
    page.set_viewport_size({"width": PHONE["width"], "height": page.evaluate("() => document.body.scrollHeight")})
    for shown in page.locator(".shown").all():
        box, figure = shown.bounding_box(), shown.locator("figure").bounding_box()
        assert box is not None
        assert figure is not None
        long = figure["y"] + figure["height"] - box["y"] + 2 * EDGE
        clip = {"x": 0, "y": box["y"] - EDGE, "width": PHONE["width"], "height": long}
        page.screenshot(path=FOLDER / f"chart-{shown.get_attribute('id')}-{scheme}.png", clip=clip, full_page=True)
    page.set_viewport_size(PHONE)


if __name__ == "__main__":
    main()
