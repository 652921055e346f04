"""Writes a name to the ledger."""
import os
import sys
import urllib.request

urllib.request.urlopen(f"{os.environ['LEDGER_URL']}/{sys.argv[1]}", data=b"", timeout=5)
print(f"{sys.argv[1]} has written")
