package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** Right only where the machine, the time or chance say so: not the compiler's business. */
@Model
final class MachineDecides implements UnaryModule {
  private static boolean mutable;

  @Layer final Linear flag = made(Boolean.getBoolean("sardonyx.wide"));
  @Layer final Linear number = made(Integer.getInteger("sardonyx.wide", 0) > 0);
  @Layer final Linear property = made(System.getProperty("sardonyx.wide", "no").equals("yes"));
  @Layer final Linear environment = made(System.getenv().containsKey("SARDONYX_WIDE"));
  @Layer final Linear locale = made(Locale.getDefault().getLanguage().equals("tlh"));
  @Layer final Linear processors = made(Runtime.getRuntime().availableProcessors() > 500);
  @Layer final Linear file = made(Files.exists(Path.of("wide")));
  @Layer final Linear thread = made(Thread.currentThread().getName().equals("wide"));
  @Layer final Linear time = made(System.nanoTime() == 5);
  @Layer final Linear random = made(new Random().nextInt() == 5);
  @Layer final Linear local = made(ThreadLocalRandom.current().nextInt() == 5);
  @Layer final Linear chance = made(Math.random() < 1e-9);
  @Layer final Linear identity = made(System.identityHashCode(this) == 5);
  @Layer final Linear state = made(mutable);

  private static Linear made(boolean wide) {
    return new Linear(wide ? 4 : 999, 4);
  }

  static void widen() {
    mutable = true;
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4"}) Tensor x) {
    Tensor y = flag.forward(x);
    y = y.add(number.forward(x));
    y = y.add(property.forward(x));
    y = y.add(environment.forward(x));
    y = y.add(locale.forward(x));
    y = y.add(processors.forward(x));
    y = y.add(file.forward(x));
    y = y.add(thread.forward(x));
    y = y.add(time.forward(x));
    y = y.add(random.forward(x));
    y = y.add(local.forward(x));
    y = y.add(chance.forward(x));
    y = y.add(identity.forward(x));
    y = y.add(state.forward(x));
    return y;
  }
}
