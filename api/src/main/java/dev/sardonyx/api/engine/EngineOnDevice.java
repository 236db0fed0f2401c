package dev.sardonyx.api.engine;

import dev.sardonyx.api.graph.Graph;
import java.util.List;
import java.util.Optional;

/** An engine whose sessions compute on one device, whichever device their options name. */
record EngineOnDevice(Engine engine, Device device) implements Engine {
  @Override
  public String name() {
    return switch (device) {
      case CPU -> engine.name();
      case CUDA -> engine.name().replaceFirst("(:|$)", "@" + device.lowerCaseName() + "$1");
    };
  }

  @Override
  public List<String> variants() {
    return engine.variants();
  }

  @Override
  public Optional<Engine> variant(String word) {
    return engine.variant(word).map(variant -> new EngineOnDevice(variant, device));
  }

  @Override
  public String description() {
    return engine.description() + "; on " + device;
  }

  @Override
  public Optional<String> unavailable() {
    return engine.unavailable();
  }

  @Override
  public Session open(Graph graph, SessionOptions options) {
    return engine.open(graph, options.on(device));
  }

  @Override
  public Optional<ProfiledSession> openProfiled(Graph graph, SessionOptions options) {
    return engine.openProfiled(graph, options.on(device));
  }
}
