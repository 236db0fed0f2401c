package dev.sardonyx.runtime.generate.write;

import dev.sardonyx.runtime.generate.model.GeneratedClass;
import dev.sardonyx.runtime.generate.model.GeneratedModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the classes of a model, a file for each, as google-java-format would leave them.
 *
 * @param packageName of all classes
 * @param modelFile the name of the file that the model was recovered from, for people
 * @param weightsFile the name of the file of its weights
 */
public record SourceWriter(String packageName, String modelFile, String weightsFile) {

  /** The texts by qualified class name, each class after those that it uses. */
  public Map<String, String> write(GeneratedModel model) {
    Set<String> own =
        model.classes().stream().map(GeneratedClass::name).collect(Collectors.toSet());
    Map<String, String> sources = new LinkedHashMap<>();
    for (GeneratedClass type : model.classes()) {
      boolean isModel = type == model.root();
      var names = new Names(own);
      String doc = isModel ? type.doc() + " " + origin() : type.doc();
      String declaration = new ClassWriter(type, isModel, names).write(doc);
      var text = new StringBuilder("package " + packageName + ";\n\n");
      names.imports().forEach(name -> text.append("import ").append(name).append(";\n"));
      text.append(names.imports().isEmpty() ? "" : "\n").append(declaration);
      sources.put(packageName + "." + type.name(), text.toString());
    }
    return sources;
  }

  private String origin() {
    return "Generated from %s; load %s by {@code model.load(StateDict.read(path))}."
        .formatted(Javadoc.plain(modelFile), Javadoc.plain(weightsFile));
  }
}
