package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.NearestNames;
import dev.sardonyx.api.error.SardonyxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * What a container holds, by name and in order: numbered from 0 on where nobody names it.
 *
 * @param <T> the type of the members
 */
final class NamedMembers<T> {
  private final String owner;
  private final String noun;
  private final SequencedMap<String, T> members = new LinkedHashMap<>();

  /** Of a container that PyTorch calls {@code owner}; {@code noun} is what it holds. */
  NamedMembers(String owner, String noun) {
    this.owner = owner;
    this.noun = noun;
  }

  /** Appends under the next number. Errors: MODEL for a name that is taken. */
  void append(T member) {
    add(Integer.toString(members.size()), member);
  }

  /** Errors: MODEL for a name that is taken, empty or dotted. */
  void add(String name, T member) {
    requireName(name);
    if (members.putIfAbsent(name, member) != null) {
      throw new SardonyxException(
          ErrorCode.MODEL, owner + " has a " + noun + " named '" + name + "' already");
    }
  }

  /** Replaces the member of a name in its place, or appends. Errors: MODEL, empty or dotted. */
  void put(String name, T member) {
    requireName(name);
    members.put(name, member);
  }

  private void requireName(String name) {
    if (name.isEmpty() || name.contains(".")) {
      throw new SardonyxException(
          ErrorCode.MODEL, "a " + noun + " of " + owner + " may not be named '" + name + "'");
    }
  }

  /** Before a position, which may be the size. Errors: MODEL where members have other names. */
  void insert(int index, T member) {
    int at = index < 0 ? index + members.size() : index;
    if (at < 0 || at > members.size()) {
      throw outside(index);
    }
    if (!isNumbered()) {
      throw new SardonyxException(
          ErrorCode.MODEL,
          owner + " with names " + members.keySet() + " cannot number what is inserted; add it");
    }
    List<T> all = new ArrayList<>(members.values());
    all.add(at, member);
    renumber(all);
  }

  /** Replaces the member at a position. Errors: NOT_FOUND outside. */
  void set(int index, T member) {
    members.put(nameAt(index), member);
  }

  /** Takes a member out; numbers close up. Errors: NOT_FOUND outside. */
  T remove(int index) {
    boolean numbered = isNumbered();
    T removed = remove(nameAt(index));
    if (numbered) {
      renumber(new ArrayList<>(members.values()));
    }
    return removed;
  }

  /** Takes a member out. Errors: NOT_FOUND, naming the keys. */
  T remove(String name) {
    T removed = get(name);
    members.remove(name);
    return removed;
  }

  private boolean isNumbered() {
    List<String> numbers = IntStream.range(0, members.size()).mapToObj(Integer::toString).toList();
    return List.copyOf(members.keySet()).equals(numbers);
  }

  private void renumber(List<T> all) {
    members.clear();
    all.forEach(this::append);
  }

  /** Errors: NOT_FOUND, naming the keys. */
  T get(String name) {
    T member = members.get(name);
    if (member == null) {
      throw new SardonyxException(
          ErrorCode.NOT_FOUND,
          owner
              + " has no "
              + noun
              + " '"
              + name
              + "'"
              + NearestNames.hint(name, members.keySet())
              + "; it has "
              + members.keySet());
    }
    return member;
  }

  /** A member by position; negative ones count from the end. Errors: NOT_FOUND outside. */
  T get(int index) {
    return get(nameAt(index));
  }

  private String nameAt(int index) {
    int at = index < 0 ? index + members.size() : index;
    if (at < 0 || at >= members.size()) {
      throw outside(index);
    }
    return List.copyOf(members.keySet()).get(at);
  }

  private SardonyxException outside(int index) {
    return new SardonyxException(
        ErrorCode.NOT_FOUND, owner + " has no " + noun + " at " + index + "; it has " + size());
  }

  /** Names and members from a position up to another; both clip, and count from the end if < 0. */
  List<Map.Entry<String, T>> slice(int from, int to) {
    int first = clip(from);
    return entries().subList(first, Math.max(first, clip(to)));
  }

  private int clip(int index) {
    return Math.clamp((long) (index < 0 ? index + size() : index), 0, size());
  }

  int size() {
    return members.size();
  }

  boolean contains(String name) {
    return members.containsKey(name);
  }

  void clear() {
    members.clear();
  }

  List<String> names() {
    return List.copyOf(members.keySet());
  }

  List<T> list() {
    return List.copyOf(members.values());
  }

  List<Map.Entry<String, T>> entries() {
    List<Map.Entry<String, T>> result = new ArrayList<>();
    members.forEach((name, member) -> result.add(Map.entry(name, member)));
    return List.copyOf(result);
  }
}
