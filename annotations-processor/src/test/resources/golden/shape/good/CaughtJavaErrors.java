package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Locale;

/** Exceptions of the JDK's own that are the normal way. */
@Model
final class CaughtJavaErrors implements UnaryModule {
  @Layer final Linear fc1 = new Linear(5, parsed("eight"));
  @Layer final Linear fc2 = new Linear(8, element(new int[] {1, 2}));
  @Layer final Linear fc3 = new Linear(9, quotient(0));

  private static int parsed(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException error) {
      return 8;
    }
  }

  private static int element(int[] array) {
    int result = 9;
    try {
      result = array[5];
      result = 1;
    } catch (ArrayIndexOutOfBoundsException error) {
      result += 0;
    } finally {
      array[0] = result;
    }
    return array[0];
  }

  @SuppressWarnings("finally")
  private static int quotient(int divisor) {
    try {
      return 10 / divisor;
    } catch (ArithmeticException error) {
      return 1;
    } finally {
      return 3;
    }
  }

  private static String lower(String text) {
    try {
      return text.toLowerCase(Locale.ROOT);
    } catch (NullPointerException error) {
      return "none";
    }
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "5"}) Tensor x) {
    Tensor y = fc3.forward(fc2.forward(fc1.forward(x)));
    try {
      Object text = lower(null);
      y = ((Tensor) text).neg();
    } catch (ClassCastException error) {
      y = y.narrow(1, 0, 3);
    }
    return y;
  }
}
