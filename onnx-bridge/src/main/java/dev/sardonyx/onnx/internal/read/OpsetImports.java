package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.onnx.internal.opset.FileVersions;
import dev.sardonyx.onnx.internal.opset.OpsetRange;
import dev.sardonyx.onnx.internal.proto.FunctionProto;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.OperatorSetIdProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The version of each operator domain that a file is written for. */
record OpsetImports(Map<String, Integer> versions) {

  /**
   * The imports of a model; before there were any, all was of opset 1. Errors: FORMAT for a domain
   * twice, UNSUPPORTED outside 1 to 27.
   */
  static OpsetImports of(ModelProto model) {
    boolean before = model.getIrVersion() < FileVersions.OPSET_IMPORTS;
    return before && model.getOpsetImportCount() == 0
        ? new OpsetImports(Map.of("", OpsetRange.OLDEST))
        : of(model.getOpsetImportList());
  }

  /** The newest operators, for nodes that no file wrote. */
  static OpsetImports newest() {
    return new OpsetImports(Map.of("", OpsetRange.HIGHEST));
  }

  /** The imports of a function, which are these where it has none. Errors: as for a model. */
  OpsetImports of(FunctionProto function) {
    return function.getOpsetImportCount() == 0 ? this : of(function.getOpsetImportList());
  }

  private static OpsetImports of(List<OperatorSetIdProto> imports) {
    Map<String, Integer> result = new HashMap<>();
    for (OperatorSetIdProto imported : imports) {
      String domain = domain(imported.getDomain());
      long version = imported.getVersion();
      if (version < 1 || version > Integer.MAX_VALUE) {
        throw new SardonyxException(
            ErrorCode.FORMAT, "opset " + version + " of domain '" + domain + "' cannot be");
      }
      if (result.put(domain, (int) version) != null) {
        throw new SardonyxException(
            ErrorCode.FORMAT, "operator domain '" + domain + "' is imported twice");
      }
    }
    Integer standard = result.get("");
    if (standard != null && standard > OpsetRange.HIGHEST) {
      throw SardonyxException.unsupported(
          "the file is of opset "
              + standard
              + "; opsets "
              + OpsetRange.OLDEST
              + " to "
              + OpsetRange.HIGHEST
              + " can be read",
          List.of(Lack.opset("", standard)));
    }
    return new OpsetImports(Map.copyOf(result));
  }

  /** The domain's one name: ai.onnx may also be written out. */
  static String domain(String written) {
    return written.equals("ai.onnx") ? "" : written;
  }

  /** The version of a domain. Errors: FORMAT when it is not imported. */
  int version(String domain) {
    Integer version = versions.get(domain);
    if (version == null) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "operator domain '"
              + (domain.isEmpty() ? "ai.onnx" : domain)
              + "' is used but opset_import does not have it (found "
              + versions
              + ")");
    }
    return version;
  }
}
