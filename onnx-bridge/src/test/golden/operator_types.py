"""Which opset first allows a type in a place of an operator, by ONNX's docs/Changelog.md:

    python3 operator_types.py Changelog.md > operator-types.tsv

A line: operator; places (i0 the first input, o0 the first output, + for it and all after it); groups of
types that came with an opset, 7 standing for all up to it. The type 'absent' says that what every older
version had to have need not be there. Only what the newest version of an operator allows counts, from the first version on that has
allowed it without a break. Lines that begin with @ name groups of types."""

import collections
import re
import sys

LOWEST, HIGHEST = 7, 27
NAMES = {"float": "float32", "double": "float64"}
FLOATS = ["float16", "float32", "float64"]
INTEGERS = [sign + "int" + bits for sign in ("", "u") for bits in ("8", "16", "32", "64")]
GROUPS = {
    "@plain": ["bool", "complex128", "complex64", "string"] + FLOATS + INTEGERS,
    "@number": FLOATS + INTEGERS,
    "@integer": INTEGERS,
    "@float": FLOATS,
    "@float8": ["float8e4m3fn", "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz"],
}


def kind(text):
    """An element type, or what holds elements."""
    text = text.strip()
    if text.startswith("tensor("):
        name = text[len("tensor("):-1]
        return NAMES.get(name, name)
    return {"seq": "sequence"}.get(text.split("(")[0], text.split("(")[0])


def formals(section):
    rows = re.findall(r"<dt><tt>(\w+)</tt>(?: \(([^)]*)\))? : (.*?)</dt>", section or "")
    return [(flags.split(", "), types) for _, flags, types in rows]


def places(part):
    """The types of each place in one version of an operator."""
    sections = dict(re.findall(
        r"^#### (\w[\w ]*?)(?: \([^\n]*\))?\n(.*?)(?=^#### |\Z)", part, re.M | re.S))
    constraints = {
        name: {kind(t) for t in types.split(", ")}
        for name, types in re.findall(
            r"<dt><tt>(\w+)</tt> : (.*?)</dt>", sections.get("Type Constraints", ""))}
    result = {}
    for letter, section in (("i", "Inputs"), ("o", "Outputs")):
        for index, (flags, types) in enumerate(formals(sections.get(section))):
            found = constraints.get(types.strip()) or {kind(t) for t in types.split(", ")}
            place = f"{letter}{index}" + ("+" if "variadic" in flags else "")
            optional = letter == "o" or "optional" in flags or "variadic" in flags
            result[place] = set(found) | ({"absent"} if optional else set())
    return result


def table(text):
    """The places of all versions of all operators of ai.onnx."""
    text = text[:text.index("operator set\n", text.index("of the 'ai.onnx.preview'"))]
    text = text[:text.rindex("\n## ")]
    versions = collections.defaultdict(dict)
    for name, version, part in re.findall(
            r'^### <a name="(\w+)-(\d+)"></a>\*\*\w+-\d+\*\*</a>\n(.*?)(?=^### |^## |\Z)',
            text, re.M | re.S):
        if int(version) <= HIGHEST and "has been deprecated" not in part:
            versions[name][int(version)] = places(part)
    return versions


def first(history, place, each):
    """The version from which on a place has allowed a type."""
    result = max(history)
    for version in sorted(history, reverse=True):
        types = history[version].get(place, {"absent"})
        if each not in types:
            break
        result = version
    return max(result, LOWEST)


def text(types):
    names = set(types)
    result = []
    for group, members in GROUPS.items():
        if names.issuperset(members):
            names -= set(members)
            result.append(group)
    return ",".join(result + sorted(names))


def main():
    print("# The opset that first allows a type in a place of an operator; by operator_types.py")
    for group, members in GROUPS.items():
        print(group, ",".join(members), sep="\t")
    for name, history in sorted(table(open(sys.argv[1]).read()).items()):
        lines = collections.defaultdict(list)
        for place, types in history[max(history)].items():
            since = collections.defaultdict(list)
            always = all(place in earlier for earlier in history.values())
            for each in types:
                version = first(history, place, each)
                if each != "absent" or always and version > max(min(history), LOWEST):
                    since[version].append(each)
            lines[" ".join(f"{v}:{text(since[v])}" for v in sorted(since))].append(place)
        for types, found in lines.items():
            print(name, ",".join(found), types, sep="\t")


main()
