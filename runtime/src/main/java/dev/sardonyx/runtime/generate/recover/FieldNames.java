package dev.sardonyx.runtime.generate.recover;

import static dev.sardonyx.runtime.generate.recover.Java.call;

import dev.sardonyx.runtime.generate.model.Expression;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Java names of a module's fields, by the first part of their names in the state_dict. */
final class FieldNames {
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /** The field of a member; one that is only numbered is named after what it is. */
  String of(String member, String kind) {
    String first = first(member);
    return names.computeIfAbsent(
        first,
        key -> {
          boolean numbered = Character.isDigit(key.charAt(0));
          String wanted = Identifiers.variable(numbered ? kind : key);
          String name = wanted;
          while (!taken.add(name)) {
            name = wanted + counts.merge(wanted, 2, (count, two) -> count + 1);
          }
          return name;
        });
  }

  /** The expression of a member: the field, or what containers in it give. */
  Expression access(String member, String kind) {
    Expression result = new Expression.FieldName(of(member, kind));
    List<String> parts = List.of(member.split("\\.", -1));
    for (String part : parts.subList(1, parts.size())) {
      Expression key =
          isNumber(part) ? Java.whole(Long.parseLong(part)) : new Expression.Text(part);
      result = call(result, "get", key);
    }
    return result;
  }

  static String first(String member) {
    int dot = member.indexOf('.');
    return dot < 0 ? member : member.substring(0, dot);
  }

  static boolean isNumber(String part) {
    return !part.isEmpty()
        && part.length() < 7
        && part.chars().allMatch(letter -> letter >= '0' && letter <= '9');
  }
}
