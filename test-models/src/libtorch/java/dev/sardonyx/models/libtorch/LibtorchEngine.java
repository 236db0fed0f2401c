package dev.sardonyx.models.libtorch;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch;

/** libtorch through its presets for JavaCPP, on the CPU. */
public final class LibtorchEngine implements Engine {
  @Override
  public String name() {
    return "libtorch";
  }

  @Override
  public String description() {
    return "libtorch by JavaCPP, operator by operator";
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  /** Opens a graph. libtorch's threads are of the process: the last session's count holds. */
  @Override
  public Session open(Graph graph, SessionOptions options) {
    torch.set_num_threads(options.threads());
    return new LibtorchSession(graph);
  }
}
