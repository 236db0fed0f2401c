package dev.sardonyx.processor.check;

/** The kinds of mistakes: stable names that users look up and tests rely on. */
public enum Code {
  /** Model, Layer or Forward on or in an interface, enum or annotation. */
  NOT_A_CLASS("NotAClass"),
  /** An annotated class that does not implement NnModule. */
  NOT_A_MODULE("NotAModule"),
  /** An annotated class inside of a method or initializer. */
  LOCAL_CLASS("LocalClass"),
  /** An annotated class that is private or inside of a private one. */
  PRIVATE_CLASS("PrivateClass"),
  /** Another class has the name of the descriptor. */
  DESCRIPTOR_NAME("DescriptorName"),
  /** Model on an abstract class. */
  ABSTRACT_MODEL("AbstractModel"),
  /** Model on a class with type parameters. */
  GENERIC_MODEL("GenericModel"),
  /** Model on an inner class that is not static. */
  INNER_MODEL("InnerModel"),
  /** A model without a constructor without arguments, or with a private one. */
  NO_CONSTRUCTOR("NoConstructor"),
  /** A model whose constructor without arguments declares checked exceptions. */
  CONSTRUCTOR_THROWS("ConstructorThrows"),
  /** A registered name that the command line could not take. */
  MODEL_NAME("ModelName"),
  /** Two models of one registered name. */
  DUPLICATE_MODEL("DuplicateModel"),

  /** Layer on a private field. */
  PRIVATE_LAYER("PrivateLayer"),
  /** Layer on a static field. */
  STATIC_LAYER("StaticLayer"),
  /** Layer on a field of a type that cannot be part of a module. */
  LAYER_TYPE("LayerType"),
  /** A field of module, parameter or buffer type without Layer. */
  UNANNOTATED_LAYER("UnannotatedLayer"),
  /** An array, collection, map or optional of modules, parameters or buffers. */
  LAYER_IN_CONTAINER("LayerInContainer"),
  /** A name that could not be part of a state_dict key. */
  LAYER_NAME("LayerName"),
  /** Two members of one name. */
  DUPLICATE_LAYER("DuplicateLayer"),
  /** A superclass's Layer field that the descriptor cannot read. */
  INHERITED_LAYER("InheritedLayer"),
  /** Layer in a class whose structure() is written by hand and does not see it. */
  STRUCTURE_OVERRIDDEN("StructureOverridden"),

  /** More than one Forward method. */
  TWO_FORWARDS("TwoForwards"),
  /** A model without a Forward method. */
  NO_FORWARD("NoForward"),
  /** A private Forward method. */
  PRIVATE_FORWARD("PrivateForward"),
  /** A static Forward method. */
  STATIC_FORWARD("StaticForward"),
  /** A superclass's Forward method that the descriptor cannot call. */
  INHERITED_FORWARD("InheritedForward"),
  /** A Forward method that declares checked exceptions. */
  FORWARD_THROWS("ForwardThrows"),
  /** A UnaryModule whose Forward method is not its forward. */
  UNARY_FORWARD("UnaryForward"),
  /** A parameter of forward that is no Tensor. */
  FORWARD_PARAMETER("ForwardParameter"),
  /** A result of forward that is neither a Tensor nor a record of Tensors. */
  FORWARD_RETURN("ForwardReturn"),
  /** A model whose forward has no parameters. */
  NO_INPUT("NoInput"),
  /** A parameter of forward without Input where it is needed. */
  INPUT_MISSING("InputMissing"),
  /** Input outside of a Forward method. */
  INPUT_MISPLACED("InputMisplaced"),
  /** A dim that is neither a size nor a name. */
  INPUT_DIM("InputDim"),
  /** Dims beyond 64 bits. */
  INPUT_TOO_LARGE("InputTooLarge"),
  /** A dim of size 0: a warning. */
  EMPTY_INPUT("EmptyInput"),
  /** An input, output, parameter or buffer whose graph name another one has. */
  NAME_CLASH("NameClash"),
  /** Weights that cannot be read or do not fit their model. */
  WEIGHTS("Weights"),

  /** The api is not on the class path. */
  API_MISSING("ApiMissing"),
  /** The api on the class path is not the one that this processor writes for. */
  API_VERSION("ApiVersion"),
  /** A named module whose module-info does not provide its descriptors: a warning. */
  NOT_PROVIDED("NotProvided"),
  /** The compiler's output folder cannot be read or written. */
  OUTPUT_FOLDER("OutputFolder"),
  /** The processor itself failed. */
  INTERNAL("Internal");

  private final String text;

  Code(String text) {
    this.text = text;
  }

  /** The code as messages show it. */
  public String text() {
    return text;
  }
}
