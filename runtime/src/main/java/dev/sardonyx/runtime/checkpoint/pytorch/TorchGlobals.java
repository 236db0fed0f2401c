package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Callable;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Opaque;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.StorageClass;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.TypeName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names that a pickle may mention, each compared as a whole. Source: torch's own weights_only
 * unpickler; and objects often found beside weights, which are passed over.
 */
final class TorchGlobals {
  private static final Map<String, TorchFunction> FUNCTIONS =
      Map.ofEntries(
          Map.entry("collections.OrderedDict", TorchFunction.DICT),
          Map.entry("collections.defaultdict", TorchFunction.DICT),
          Map.entry("collections.Counter", TorchFunction.DICT),
          Map.entry("builtins.set", TorchFunction.SET),
          Map.entry("__builtin__.set", TorchFunction.SET),
          Map.entry("builtins.frozenset", TorchFunction.SET),
          Map.entry("__builtin__.frozenset", TorchFunction.SET),
          Map.entry("torch.Size", TorchFunction.TUPLE),
          Map.entry("torch._utils._rebuild_tensor", TorchFunction.REBUILD_TENSOR),
          Map.entry("torch._utils._rebuild_tensor_v2", TorchFunction.REBUILD_TENSOR_V2),
          Map.entry("torch._utils._rebuild_tensor_v3", TorchFunction.REBUILD_TENSOR_V3),
          Map.entry("torch._utils._rebuild_parameter", TorchFunction.REBUILD_PARAMETER),
          Map.entry("torch._utils._rebuild_parameter_with_state", TorchFunction.REBUILD_PARAMETER),
          Map.entry("torch._utils._rebuild_qtensor", TorchFunction.REBUILD_QTENSOR),
          Map.entry("torch._tensor._rebuild_from_type_v2", TorchFunction.REBUILD_FROM_TYPE),
          Map.entry("torch._utils._rebuild_sparse_tensor", TorchFunction.ODD_TENSOR),
          Map.entry("torch._utils._rebuild_meta_tensor_no_storage", TorchFunction.ODD_TENSOR),
          Map.entry("torch._utils._rebuild_wrapper_subclass", TorchFunction.ODD_TENSOR),
          Map.entry("torch._utils._rebuild_device_tensor_from_numpy", TorchFunction.ODD_TENSOR),
          Map.entry(
              "torch._utils._rebuild_device_tensor_from_cpu_tensor", TorchFunction.ODD_TENSOR));

  /** Called or not, they come to nothing. */
  private static final Set<String> PASSED_OVER =
      Set.of(
          "_codecs.encode",
          "argparse.Namespace",
          "builtins.bytearray",
          "__builtin__.bytearray",
          "builtins.complex",
          "__builtin__.complex",
          "builtins.dict",
          "__builtin__.dict",
          "builtins.float",
          "__builtin__.float",
          "builtins.int",
          "__builtin__.int",
          "builtins.list",
          "__builtin__.list",
          "datetime.datetime",
          "datetime.timedelta",
          "numpy.core.multiarray._reconstruct",
          "numpy.core.multiarray.scalar",
          "numpy._core.multiarray._reconstruct",
          "numpy._core.multiarray.scalar",
          "numpy.dtype",
          "numpy.ndarray",
          "pathlib.Path",
          "pathlib.PosixPath",
          "pathlib.PurePosixPath",
          "torch.device",
          "torch.serialization._get_layout",
          "torch.Tensor",
          "torch.nn.parameter.Parameter",
          "torch.per_tensor_affine",
          "torch.per_tensor_symmetric",
          "torch.per_channel_affine",
          "torch.per_channel_symmetric",
          "torch.per_channel_affine_float_qparams",
          "torch.QUInt4x2Storage",
          "torch.QUInt2x4Storage");

  private TorchGlobals() {}

  /** What a name stands for; empty for every name that is not allowed. */
  static Optional<PickleValue> find(String module, String name) {
    String full = module + "." + name;
    TorchFunction function = FUNCTIONS.get(full);
    if (function != null) {
      return Optional.of(new Callable(function));
    }
    if (PASSED_OVER.contains(full)) {
      return Optional.of(new Opaque(full));
    }
    if (full.equals("torch.storage.UntypedStorage")) {
      return Optional.of(new StorageClass(StorageType.UntypedStorage));
    }
    if (!module.equals("torch")) {
      return Optional.empty();
    }
    Optional<DType> dtype = TorchType.ofName(name);
    return dtype.isPresent()
        ? dtype.map(TypeName::new)
        : StorageType.ofName(name).map(StorageClass::new);
  }
}
