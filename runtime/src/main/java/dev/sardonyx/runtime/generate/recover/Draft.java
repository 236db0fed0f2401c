package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.runtime.generate.model.GeneratedClass.Result;
import dev.sardonyx.runtime.generate.model.Statement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A module's class before it is compared with others.
 *
 * @param members by their names in the state_dict, in the order of their first use
 * @param inputs the names of forward's parameters
 */
record Draft(
    Map<String, Member> members,
    List<String> inputs,
    List<Statement> statements,
    List<Result> results) {
  Draft {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    inputs = List.copyOf(inputs);
    statements = List.copyOf(statements);
    results = List.copyOf(results);
  }
}
