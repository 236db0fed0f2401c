#!/usr/bin/python3
"""Brings a list of known failures up to date: reads the lines of `sardonyx conformance --judge --json`
and writes the list to the file that is named, where reasons that people wrote stay."""
import json
import sys


def main(path):
    comments, known = [], {}
    with open(path, encoding="utf-8") as file:
        for line in file.read().splitlines():
            if line.startswith("#"):
                comments.append(line)
            elif line.strip():
                name, verdict, reason = line.split("\t")
                known[name] = (verdict, reason)
    found = {}
    for line in sys.stdin:
        result = json.loads(line)
        if "verdict" in result and result["verdict"] != "passed":
            found.setdefault(result["case"], (result["verdict"], result["difference"]))
    for name, (verdict, reason) in known.items():
        if verdict == "any" or found.get(name, ("passed", ""))[0] == verdict:
            found[name] = (verdict, reason)
    with open(path, "w", encoding="utf-8") as file:
        for line in comments:
            file.write(line + "\n")
        for name in sorted(found):
            file.write("\t".join((name, *found[name])) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
