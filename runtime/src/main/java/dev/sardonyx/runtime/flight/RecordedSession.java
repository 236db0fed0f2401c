package dev.sardonyx.runtime.flight;

import dev.sardonyx.api.engine.Binding;
import dev.sardonyx.api.engine.ForwardingSession;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A session whose runs are seen in Flight Recorder. */
record RecordedSession(Session session, String engine, int threads) implements ForwardingSession {

  @Override
  public Map<String, Data> runData(Map<String, ? extends Data> inputs) {
    return Recorder.isStarted()
        ? Events.run(this, inputs, () -> session.runData(inputs))
        : session.runData(inputs);
  }

  @Override
  public Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    Map<String, Tensor> given = Map.copyOf(inputs);
    Binding binding = session.bind(inputs, outputs);
    Supplier<Binding> running =
        () -> {
          binding.run();
          return binding;
        };
    return () -> {
      if (Recorder.isStarted()) {
        Events.run(this, given, running);
      } else {
        binding.run();
      }
    };
  }

  /** Apart, so that events are loaded when they are needed. */
  private static final class Events {
    static <T> T run(RecordedSession session, Map<String, ? extends Data> inputs, Supplier<T> run) {
      return RunEvent.isWanted() ? recorded(session, inputs, run) : run.get();
    }

    private static <T> T recorded(
        RecordedSession session, Map<String, ? extends Data> inputs, Supplier<T> run) {
      var event = new RunEvent();
      event.begin();
      try {
        return run.get();
      } catch (RuntimeException error) {
        event.failure = FlightSessions.code(error);
        throw error;
      } finally {
        event.end();
        if (event.shouldCommit()) {
          event.model = session.graph().name();
          event.engine = session.engine();
          event.threads = session.threads();
          event.inputs = text(inputs);
          event.commit();
        }
      }
    }

    private static String text(Map<String, ? extends Data> inputs) {
      return inputs.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(input -> input.getKey() + ": " + input.getValue().type())
          .collect(Collectors.joining(", "));
    }
  }
}
