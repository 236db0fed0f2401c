package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.nn.BatchNorm1d;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.PReLU;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.state.LoadPolicy;
import dev.sardonyx.api.state.LoadReport;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StateTest {
  /** In the order of golden.py. */
  private static List<NnModule> models() {
    return List.of(
        new Linear(2, 3),
        new Linear(2, 3, false),
        new BatchNorm2d(3),
        new BatchNorm1d(3, o -> o.affine(false)),
        new BatchNorm2d(3, o -> o.trackRunningStats(false)),
        new PReLU(2),
        new Sequential(new Conv2d(1, 2, 3), new BatchNorm2d(2), new ReLU(), new Linear(2, 2)));
  }

  @Test
  void namesTypesAndOrderArePyTorchs() {
    List<String[]> rows = Golden.rows("state_dicts.csv");
    for (int i = 0; i < rows.size(); i++) {
      String found =
          models().get(i).stateDict().entries().entrySet().stream()
              .map(e -> e.getKey() + ":" + e.getValue().type().toString().replace(" ", ""))
              .collect(Collectors.joining(" "));
      assertThat(found).isEqualTo(rows.get(i)[1]);
    }
  }

  @Test
  void whatIsSavedIsWhatIsLoaded() {
    var from = new Sequential(new Linear(2, 3), new BatchNorm1d(3));
    var to = new Sequential(new Linear(2, 3), new BatchNorm1d(3));
    var report = to.load(from.stateDict());
    assertThat(report.isComplete()).isTrue();
    assertThat(report.loaded()).hasSize(7);
    assertThat(to.stateDict().get("0.weight").floats())
        .isEqualTo(from.stateDict().get("0.weight").floats());
  }

  private static StateDict unfit(Linear model) {
    Map<String, Tensor> entries = new LinkedHashMap<>(model.stateDict().entries());
    entries.put("weight", Tensor.ones(3, 2));
    entries.put("bias", Tensor.ones(4));
    entries.put("scale", Tensor.ones(1));
    return new StateDict(entries);
  }

  @Test
  void strictListsEveryFaultAndLoadsNothing() {
    var model = new Linear(2, 3);
    float[] before = model.weight().floats();
    Errors.expect(
        ErrorCode.STATE,
        () -> model.load(unfit(model)),
        "the state dict does not fit Linear; nothing was loaded",
        "1 loaded, 1 unexpected, 1 clash",
        "name   ours        theirs      result",
        "scale  -           float32[1]  unexpected",
        "bias   float32[3]  float32[4]  clash");
    assertThat(model.weight().floats()).isEqualTo(before);
  }

  @Test
  void partialLoadsWhatFitsAndReportsTheRest() {
    var model = new Sequential(new Linear(2, 3), new Linear(3, 1));
    var report =
        model.load(
            new StateDict(Map.of("0.weight", Tensor.ones(3, 2), "0.bias", Tensor.ones(4))),
            LoadPolicy.PARTIAL);
    assertThat(report.loaded()).containsExactly("0.weight");
    assertThat(report.missing()).containsExactly("1.weight", "1.bias");
    assertThat(report.clashes()).extracting(clash -> clash.name()).containsExactly("0.bias");
    assertThat(model.stateDict().get("0.weight").floats()).containsOnly(1f);
  }

  @Test
  void aStateDictIsASnapshot() {
    var model = new Linear(1, 1);
    StateDict before = model.stateDict();
    float old = before.get("weight").floats()[0];
    model.weight().set(Tensor.full(old + 1, 1, 1));
    assertThat(before.get("weight").floats()).containsExactly(old);
  }

  private static StateDict prefixed(Linear model, String prefix) {
    return model.stateDict().rename(name -> prefix + name);
  }

  @Test
  void prefixesAreTakenOffWhereAskedForAndSuggestedWhereNot() {
    var from = new Linear(2, 3);
    var to = new Linear(2, 3);
    var wrapped = prefixed(from, "_orig_mod.module.");
    Errors.expect(
        ErrorCode.STATE,
        () -> to.load(wrapped),
        "hint: their names begin with '_orig_mod.module.': stripPrefix(\"_orig_mod.module.\")");
    var policy = LoadPolicy.STRICT.stripPrefix("_orig_mod.").stripPrefix("module.");
    var report = to.load(wrapped, policy);
    assertThat(report.isComplete()).isTrue();
    assertThat(report.toString())
        .startsWith("2 loaded\n  name    ours           theirs")
        .contains("weight  float32[3, 2]  _orig_mod.module.weight: float32[3, 2]  loaded");
    assertThat(to.weight().floats()).isEqualTo(from.weight().floats());
    Errors.expect(
        ErrorCode.STATE,
        () -> new Sequential(to).load(from.stateDict()),
        "hint: our names begin with '0.': rename(\"^\", \"0.\"), --rename ^=0.");
  }

  @Test
  void renamingsApplyInOrder() {
    var model = new Sequential(new Linear(2, 3), new Linear(3, 1));
    var theirs =
        model.stateDict().rename(name -> name.replaceAll("^(\\d+)\\.", "layer_$1.linear."));
    var policy = LoadPolicy.STRICT.rename("^layer_(\\d+)", "$1").rename("\\.linear\\.", ".");
    assertThat(model.load(theirs, policy).loaded()).hasSize(4);
    Errors.expect(
        ErrorCode.STATE,
        () -> model.load(theirs, LoadPolicy.PARTIAL.rename("layer_\\d", "x")),
        "'layer_0.linear.weight' and 'layer_1.linear.weight' would both be named");
    Errors.expect(
        ErrorCode.ARGUMENT,
        () -> LoadPolicy.STRICT.rename("(", ""),
        "'(' is no regular expression");
    Errors.expect(
        ErrorCode.ARGUMENT,
        () -> LoadPolicy.STRICT.rename("a", "$1").renamed("a"),
        "'$1' is no replacement for 'a'");
  }

  @Test
  void otherElementTypesAreCastOnlyWhereAskedFor() {
    var model = new Linear(2, 1);
    var wide = model.stateDict().convert(DType.FLOAT64);
    Errors.expect(
        ErrorCode.STATE,
        () -> model.load(wide),
        "hint: same shape, other element type: cast(), --cast");
    var report = model.load(wide, LoadPolicy.STRICT.cast());
    assertThat(report.rows()).extracting(row -> row.result()).containsOnly(LoadReport.Result.CAST);
    assertThat(model.weight().dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void nearNamesAreSuggested() {
    var model = new Linear(2, 3);
    var theirs = model.stateDict().rename(name -> name.replace("weight", "wieght"));
    Errors.expect(
        ErrorCode.STATE, () -> model.load(theirs), "hint: our 'weight' may be their 'wieght'");
  }

  @Test
  void countersThatOldFilesLackStay() {
    var model = new BatchNorm2d(3);
    var old = model.stateDict().filter(name -> !name.equals("num_batches_tracked"));
    var report = model.load(old);
    assertThat(report.isComplete()).isTrue();
    assertThat(report.faults()).isEqualTo("4 loaded, 1 kept");
  }

  @Test
  void stateDictsAreFilteredAndStripped() {
    var state = new Sequential(new Linear(1, 1), new Linear(1, 1)).stateDict();
    assertThat(state.filter(name -> name.startsWith("1.")).stripPrefix("1.").names())
        .containsExactly("weight", "bias");
  }
}
