package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Team;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who computes the steps of one workspace: the session's team, and for each member arrays of its
 * own.
 */
public record Crew(Team team, List<HotArrays> arrays) {
  public Crew {
    arrays = List.copyOf(arrays);
  }

  /** The members of a team. */
  public static Crew of(Team team) {
    return new Crew(team, Stream.generate(HotArrays::new).limit(team.size()).toList());
  }

  /** The caller alone. */
  public static Crew alone() {
    return of(Team.alone());
  }
}
