package dev.sardonyx.models.golden;

import static dev.sardonyx.models.golden.TorchSubject.function;
import static dev.sardonyx.models.golden.TorchSubject.functions;

import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.tensor.ValuesAndIndices;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.function.Function;

class ReductionsTest extends TorchTheme {
  ReductionsTest() {
    super("reductions");
    sums();
    extremes();
    others();
  }

  private void sums() {
    add("sum", () -> function(x -> x.sum()));
    add("sum_dim", () -> function(x -> x.sum(1)));
    add("sum_dims_keepdim", () -> function(x -> x.sum(true, 0, -1)));
    add("sum_int64", () -> function(x -> x.sum(0)));
    add("sum_int32", () -> function(x -> x.to(DType.INT32).sum(1)));
    add("mean", () -> function(x -> x.mean()));
    add("mean_dims", () -> function(x -> x.mean(1, 2)));
    add("prod_dim", () -> function(x -> x.prod(1)));
    add("logsumexp", () -> function(x -> x.logsumexp(1)));
    add("cumsum", () -> function(x -> x.cumsum(1)));
    add("cumsum_int64", () -> function(x -> x.cumsum(-2)));
  }

  private void extremes() {
    add("amax_dims", () -> function(x -> x.amax(0, 1)));
    add("amin_keepdim", () -> function(x -> x.amin(true, -1)));
    add("max", () -> function(x -> x.max()));
    add("max_dim", () -> both(x -> x.max(1)));
    add("max_dim_keepdim", () -> both(x -> x.max(true, 0)));
    add("max_ties", () -> both(x -> x.max(1)));
    add("min_dim", () -> both(x -> x.min(-2)));
    add("min", () -> function(x -> x.min()));
    add("argmax", () -> function(x -> x.argmax()));
    add("argmax_dim_keepdim", () -> function(x -> x.argmax(true, 1)));
    add("argmin_dim", () -> function(x -> x.argmin(0)));
    add("argmin", () -> function(x -> x.argmin()));
  }

  private void others() {
    add("var", () -> function(x -> x.var()));
    add("var_dim_biased_keepdim", () -> function(x -> x.var(false, true, 1)));
    add("std_dims", () -> function(x -> x.std(0, 2)));
    add("norm", () -> function(x -> x.norm()));
    add("norm_1_dim", () -> function(x -> x.norm(1.0, false, 1)));
    add("norm_inf_keepdim", () -> function(x -> x.norm(Double.POSITIVE_INFINITY, true, 0)));
    add("norm_3", () -> function(x -> x.norm(3, false, 1)));
    add("norm_minus_inf", () -> function(x -> x.norm(Double.NEGATIVE_INFINITY, false, 1)));
    add("norm_0", () -> function(x -> x.round().norm(0, false, 1)));
    add("argmax_of_scalar", () -> function(x -> x.argmax(-1)));
    add("sum_of_scalar", () -> function(x -> x.sum(true, 0)));
    add("cumsum_of_scalar", () -> function(x -> x.cumsum(0)));
    add("softmax_of_scalar", () -> function(x -> x.softmax(-1)));
    add("log_softmax_of_scalar", () -> function(x -> x.logSoftmax(0)));
    add("softmax", () -> function(x -> x.softmax(0)));
    add("log_softmax", () -> function(x -> x.logSoftmax(-1)));
  }

  private static TorchSubject both(Function<Tensor, ValuesAndIndices> function) {
    return functions(
        in -> {
          ValuesAndIndices result = function.apply(in.getFirst());
          return List.of(result.values(), result.indices());
        });
  }
}
