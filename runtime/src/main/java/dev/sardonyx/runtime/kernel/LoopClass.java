package dev.sardonyx.runtime.kernel;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes a loop as a hidden class: one counted loop over arrays, which C2 makes vectors of. The
 * class goes when its loop does.
 */
final class LoopClass {
  private static final ClassDesc NAME = ClassDesc.of("dev.sardonyx.runtime.kernel.GeneratedLoop");
  private static final ClassDesc LOOP = Loop.class.describeConstable().orElseThrow();
  private static final ClassDesc HOLDER = AtomicReference.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(ConstantDescs.CD_void, CD_float.arrayType(2), CD_int);
  private static final MethodTypeDesc SET = MethodTypeDesc.of(ConstantDescs.CD_void, CD_Object);

  private final CodeBuilder code;
  private final LoopBody body;
  private final int[] slots;

  private LoopClass(CodeBuilder code, LoopBody body) {
    this.code = code;
    this.body = body;
    this.slots = new int[body.singles().size() + body.operations().size()];
  }

  /** The loop of a new class. */
  static Loop define(LoopBody body) {
    var made = new AtomicReference<Loop>(); // the class puts its one object there
    try {
      var _ = MethodHandles.lookup().defineHiddenClassWithClassData(bytes(body), made, true);
    } catch (IllegalAccessException impossible) {
      throw new AssertionError(impossible); // the lookup is that of this package
    }
    return Objects.requireNonNull(made.get(), "a class that is initialised has its object");
  }

  private static byte[] bytes(LoopBody body) {
    return ClassFile.of()
        .build(
            NAME,
            type ->
                type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                    .withInterfaceSymbols(LOOP)
                    .withMethodBody("<clinit>", MTD_void, ClassFile.ACC_STATIC, LoopClass::publish)
                    .withMethodBody("<init>", MTD_void, 0, LoopClass::construct)
                    .withMethodBody(
                        "run",
                        RUN,
                        ClassFile.ACC_PUBLIC,
                        code -> new LoopClass(code, body).write()));
  }

  private static void construct(CodeBuilder code) {
    code.aload(0).invokespecial(CD_Object, "<init>", MTD_void).return_();
  }

  private static void publish(CodeBuilder code) {
    var data =
        DynamicConstantDesc.ofNamed(
            ConstantDescs.BSM_CLASS_DATA, ConstantDescs.DEFAULT_NAME, HOLDER);
    code.loadConstant(data).new_(NAME).dup().invokespecial(NAME, "<init>", MTD_void);
    code.invokevirtual(HOLDER, "set", SET).return_();
  }

  private void write() {
    int inputs = body.singles().size();
    int[] arrays = new int[inputs + body.results().size()];
    for (int k = 0; k < arrays.length; k++) {
      code.aload(code.parameterSlot(0)).loadConstant(k).aaload();
      if (k < inputs && body.singles().get(k)) {
        slots[k] = code.allocateLocal(TypeKind.FLOAT);
        code.iconst_0().faload().fstore(slots[k]);
      } else {
        arrays[k] = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(arrays[k]);
      }
    }
    int n = code.parameterSlot(1);
    int i = code.allocateLocal(TypeKind.INT);
    Label next = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(i).labelBinding(next).iload(i).iload(n).if_icmpge(end);
    for (int k = 0; k < inputs; k++) {
      if (!body.singles().get(k)) {
        slots[k] = code.allocateLocal(TypeKind.FLOAT);
        code.aload(arrays[k]).iload(i).faload().fstore(slots[k]);
      }
    }
    for (int k = 0; k < body.operations().size(); k++) {
      write(body.operations().get(k));
      slots[inputs + k] = code.allocateLocal(TypeKind.FLOAT);
      code.fstore(slots[inputs + k]);
    }
    for (int k = 0; k < body.results().size(); k++) {
      code.aload(arrays[inputs + k]).iload(i).fload(slots[body.results().get(k)]).fastore();
    }
    code.iinc(i, 1).goto_(next).labelBinding(end).return_();
  }

  private void write(Operation operation) {
    for (int value : operation.values()) {
      code.fload(slots[value]);
    }
    var writer = LoopCode.of(operation);
    Objects.requireNonNull(writer, "what has no code is no part of a loop").accept(code);
  }
}
