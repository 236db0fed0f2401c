package dev.sardonyx.api.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PyTorch's print(model). Source: torch.nn.Module.__repr__, torch.nn.ModuleList.__repr__. */
record ModuleText(DescribeStyle style) {

  String of(NnModule module) {
    Structure structure = module.structure();
    String extra = module.extraRepr();
    List<String> lines = new ArrayList<>();
    if (!extra.isEmpty()) {
      lines.addAll(extra.lines().toList());
    }
    boolean oneLine = structure.children().isEmpty() && lines.size() < 2;
    lines.addAll(children(module, structure));
    return structure.typeName()
        + "("
        + (oneLine ? extra : "\n  " + String.join("\n  ", lines) + "\n")
        + ")";
  }

  private List<String> children(NnModule module, Structure structure) {
    List<Map.Entry<String, String>> texts = new ArrayList<>();
    structure.children().forEach((name, child) -> texts.add(Map.entry(name, of(child))));
    boolean folds = style == DescribeStyle.TORCH_2 && module instanceof ModuleList<?>;
    List<String> lines = new ArrayList<>();
    for (int first = 0; first < texts.size(); ) {
      int after = folds ? endOfRun(texts, first) : first + 1;
      lines.add(line(texts, first, after));
      first = after;
    }
    return lines;
  }

  /** Where the texts that are equal to the one at {@code first} and follow it end. */
  private static int endOfRun(List<Map.Entry<String, String>> texts, int first) {
    int after = first + 1;
    while (after < texts.size()
        && texts.get(after).getValue().equals(texts.get(first).getValue())) {
      after++;
    }
    return after;
  }

  private static String line(List<Map.Entry<String, String>> texts, int first, int after) {
    int count = after - first;
    String name = texts.get(first).getKey();
    String range = count == 1 ? name : name + "-" + texts.get(after - 1).getKey();
    String times = count == 1 ? "" : count + " x ";
    String text = texts.get(first).getValue().replace("\n", "\n  ");
    return "(" + range + "): " + times + text;
  }
}
