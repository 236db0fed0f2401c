// Each build has exported the model, to the same bytes, which ONNX Runtime alone can run.
def first = new File(basedir, 'target/onnx/digits.onnx')
def again = new File(basedir, 'again/onnx/digits.onnx')
[first, again].each { file ->
    assert file.isFile() : "the build has not exported $file"
    assert file.parentFile.list().toList() == ['digits.onnx']
}
assert Arrays.equals(first.bytes, again.bytes) : 'two builds exported different bytes'

def distribution = new File(basedir, '../..')
def libraries = new File(distribution, 'lib').listFiles().findAll { it.name.startsWith('onnxruntime-') }
assert libraries.size() == 1
def command = [
    new File(distribution, 'java-home').text.trim() + '/bin/java',
    '--enable-native-access=ALL-UNNAMED',
    '--class-path', libraries[0].path,
    new File(basedir, 'OnnxRuntimeAlone.java').path,
    first.path]
def process = new ProcessBuilder(command).redirectErrorStream(true).start()
def output = process.inputStream.text
assert process.waitFor() == 0 && output.contains('digits.onnx: 2 x 10') : output
return true
