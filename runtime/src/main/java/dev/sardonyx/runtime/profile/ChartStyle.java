package dev.sardonyx.runtime.profile;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Colours of a profile on light and on dark paper: one for each of the longest operators. */
final class ChartStyle {
  /** A colour on light and on dark paper. */
  private record Colour(String light, String dark) {}

  private static final List<Colour> OPERATORS =
      List.of(
          new Colour("#b04a20", "#ee8b5c"),
          new Colour("#1f5f99", "#79b4ec"),
          new Colour("#23805a", "#6fcfa3"),
          new Colour("#9a7700", "#e3c155"),
          new Colour("#6b3fa0", "#b995e8"),
          new Colour("#0f7f86", "#5cc8cf"),
          new Colour("#a11d5b", "#f28bb8"),
          new Colour("#5a6b1f", "#b6c96a"));

  private static final String OTHER = "o-other";

  private final Map<String, String> classes = new TreeMap<>();

  ChartStyle(Profile profile) {
    List<Total> operators = profile.byOperator();
    for (int i = 0; i < Math.min(OPERATORS.size(), operators.size()); i++) {
      classes.put(operators.get(i).name(), "o-" + i);
    }
  }

  /** The class of what belongs to an operator. */
  String of(String operator) {
    return classes.getOrDefault(operator, OTHER);
  }

  /** Whether an operator has a colour of its own. */
  boolean isOwn(String operator) {
    return classes.containsKey(operator);
  }

  /** The style sheet, the same for a picture alone and within a page. */
  static String sheet() {
    var light = new StringBuilder();
    var dark = new StringBuilder();
    for (int i = 0; i < OPERATORS.size(); i++) {
      light.append(".profile .o-%d{fill:%s}\n".formatted(i, OPERATORS.get(i).light()));
      dark.append(".profile .o-%d{fill:%s}\n".formatted(i, OPERATORS.get(i).dark()));
    }
    return """
        .profile{font-family:system-ui,"Segoe UI","Liberation Sans","DejaVu Sans",sans-serif;font-size:12px}
        .profile text{fill:#211e1b}
        .profile .soft{fill:#625c55}
        .profile .title{font-size:15px;font-weight:600}
        .profile .paper{fill:#faf9f6}
        .profile .grid{stroke:#e0dcd4}
        .profile .peak{stroke:#211e1b;stroke-dasharray:5 4}
        .profile .sum{fill:none;stroke:#211e1b;stroke-width:1.5}
        .profile .o-other{fill:#8a8580}
        """
        + light
        + """
        @media (prefers-color-scheme:dark){
        .profile text{fill:#e9e6e1}
        .profile .soft{fill:#a8a39b}
        .profile .paper{fill:#17181b}
        .profile .grid{stroke:#34363c}
        .profile .peak{stroke:#e9e6e1}
        .profile .sum{stroke:#e9e6e1}
        """
        + dark
        + "}\n";
  }
}
