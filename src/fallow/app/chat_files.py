"""Reading the file of a chat, as pages and commands need it: handed on from the room that reads them."""

from fallow.importers import ALONE as ALONE
from fallow.importers import ME as ME
from fallow.importers import PROBLEMS as PROBLEMS
from fallow.importers import ChatInside as ChatInside
from fallow.importers import DateOrder as DateOrder
from fallow.importers import Days as Days
from fallow.importers import Export as Export
from fallow.importers import SidedChat as SidedChat
from fallow.importers import list_chats as list_chats
from fallow.importers import pick_two as pick_two
from fallow.importers import read_export as read_export
from fallow.importers import read_export_file as read_export_file
from fallow.importers import say_why as say_why
