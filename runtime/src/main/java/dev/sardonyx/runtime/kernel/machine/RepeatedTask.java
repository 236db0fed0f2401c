package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Team;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CallList;
import dev.sardonyx.runtime.machine.Recording;
import org.jspecify.annotations.Nullable;

/**
 * A task whose calls are recorded once for each part and whoever does it, and then made again in
 * one loop: interpreted Java takes microseconds for each. The first run makes code and memory grow;
 * two more in succession must come to the same calls.
 */
final class RepeatedTask implements Team.Task {
  /** Parts times members at most. */
  static final int MOST_PLACES = 1 << 10;

  /** Runs until recordings are the same; a task whose calls change is left as it is. */
  private static final int MOST_TRIES = 8;

  private final ProductKernels kernels;
  private final Team.Task task;
  private final Place[] places;
  private final int members;

  RepeatedTask(ProductKernels kernels, Team.Task task, int parts, int members) {
    this.kernels = kernels;
    this.task = task;
    this.members = members;
    this.places = new Place[parts * members];
    for (int i = 0; i < places.length; i++) {
      places[i] = new Place();
    }
  }

  /** What is known of a part that a member does: one thread at a time. */
  private static final class Place {
    private int tries;
    private @Nullable Recording last;
    private @Nullable CallList list;
  }

  @Override
  public void run(int part, int member) {
    Place place = places[part * members + member];
    CallList list = place.list;
    if (list == null) {
      record(place, part, member);
      return;
    }
    Arguments arguments = kernels.library.calling();
    for (int i = 0; i < list.parts(); i++) {
      Cancellation.poll();
      list.call(i, arguments, kernels.loop());
    }
  }

  private void record(Place place, int part, int member) {
    Arguments arguments = kernels.library.calling();
    if (place.tries >= MOST_TRIES || arguments.isRecording()) {
      task.run(part, member);
      return;
    }
    place.tries++;
    if (place.tries == 1) {
      task.run(part, member);
      return;
    }
    var recording = new Recording();
    arguments.record(recording);
    try {
      task.run(part, member);
    } finally {
      arguments.record(null);
    }
    settle(place, recording);
  }

  private void settle(Place place, Recording recording) {
    Recording last = place.last;
    place.last = null;
    if (!recording.isWhole()) {
      place.tries = MOST_TRIES;
    } else if (last == null || !last.isSame(recording)) {
      place.last = recording;
    } else if (kernels.repeats()) {
      place.list = recording.list();
    } else {
      place.tries = MOST_TRIES;
    }
  }
}
