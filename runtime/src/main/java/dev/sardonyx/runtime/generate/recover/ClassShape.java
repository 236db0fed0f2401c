package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * A class with its numbers taken out: two modules are of one class where these texts are equal.
 *
 * @param fields with the numbers of one module
 * @param text all but the numbers that fields are made with
 * @param numbers those, in order
 * @param owners the name of the field of each
 */
record ClassShape(
    Draft draft, List<Field> fields, String text, List<Expression> numbers, List<String> owners) {
  private static final Expression HOLE = new Expression.Name("#");

  static ClassShape of(Draft draft, List<Field> fields) {
    List<Expression> numbers = new ArrayList<>();
    List<String> owners = new ArrayList<>();
    var text = new StringBuilder();
    for (Field field : fields) {
      Expression open =
          Rewrite.of(
              field.value(),
              part -> {
                if (!isNumber(part)) {
                  return part;
                }
                numbers.add(part);
                owners.add(field.name());
                return HOLE;
              });
      text.append(field.torchName()).append(' ').append(field.type()).append(' ').append(open);
      text.append('\n');
    }
    text.append(draft.inputs()).append(draft.statements()).append(draft.results());
    return new ClassShape(draft, fields, text.toString(), List.copyOf(numbers), owners);
  }

  static boolean isNumber(Expression expression) {
    return expression instanceof Expression.Whole
        || expression instanceof Expression.Real
        || expression instanceof Expression.Truth;
  }
}
