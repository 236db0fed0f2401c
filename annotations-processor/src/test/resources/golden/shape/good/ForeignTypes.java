package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Index;
import dev.sardonyx.api.tensor.Tensor;

/** Types of the JDK that the model works with in passing. */
@Model
final class ForeignTypes implements UnaryModule {
  private static final System.Logger LOG = System.getLogger(ForeignTypes.class.getName());

  private final java.math.BigInteger big = java.math.BigInteger.TWO.pow(5);
  private final java.time.Instant made = java.time.Instant.now();
  private final java.util.BitSet bits = new java.util.BitSet();
  @Layer final Linear fc = new Linear(big.intValueExact(), Integer.bitCount(0xff));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "32"}) Tensor x) {
    LOG.log(System.Logger.Level.DEBUG, () -> "input " + x.shape() + " since " + made);
    bits.set(x.rank());
    Tensor y = fc.forward(x);
    if (bits.cardinality() > 1 || Thread.currentThread().isInterrupted()) {
      return y.neg();
    }
    return y.mul((float) Math.cbrt(bits.length())).view(y.size(0), 2, 4).get(Index.all(), Index.at(1));
  }
}
