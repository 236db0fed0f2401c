import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Map;

/** Runs the exported model in ONNX Runtime, without this library. */
final class OnnxRuntimeAlone {
  public static void main(String[] arguments) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    environment.setTelemetry(false);
    var images = new float[2][1][28][28];
    try (var options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(arguments[0], options);
        OnnxTensor x = OnnxTensor.createTensor(environment, images);
        OrtSession.Result results = session.run(Map.of("x", x))) {
      var rows = (float[][]) results.get(0).getValue();
      System.out.println(arguments[0] + ": " + rows.length + " x " + rows[0].length);
    }
  }
}
