package dev.sardonyx.models.golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.models.ComplexModule;
import dev.sardonyx.models.FcModel;
import dev.sardonyx.models.ModuleDictModel;
import dev.sardonyx.models.ModuleListModel;
import dev.sardonyx.models.MyModel;
import dev.sardonyx.models.MyModelIntro;
import dev.sardonyx.models.MyNet;
import dev.sardonyx.models.MyNetWay1;
import dev.sardonyx.models.MyNetWay2;
import dev.sardonyx.models.MyNetWay3;
import dev.sardonyx.models.ParameterModel;
import dev.sardonyx.models.ResBlockWrapper;
import dev.sardonyx.models.ResidualBlock;
import dev.sardonyx.models.SimpleCnn;
import dev.sardonyx.models.SimpleFfn;
import dev.sardonyx.models.SimpleLinear;
import dev.sardonyx.models.SimpleNn;
import dev.sardonyx.models.mobilenet.MobileNetV2;
import dev.sardonyx.models.resnet.CifarResNet18;
import dev.sardonyx.models.resnet.ResNet18;
import dev.sardonyx.models.resnet.ResNet50;
import dev.sardonyx.models.resnet.RestNet18;
import dev.sardonyx.models.resnet.RestNetBasicBlock;
import dev.sardonyx.models.resnet.RestNetDownBlock;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Which class stands for which folder of golden/models. */
final class GoldenModels {
  private GoldenModels() {}

  static Map<String, Supplier<NnModule>> all() {
    Map<String, Supplier<NnModule>> models = new TreeMap<>();
    models.put("000_ResidualBlock_3_64_s2", () -> new ResidualBlock(3, 64, 2));
    models.put("000_ResidualBlock_64_64_s1", () -> new ResidualBlock(64, 64, 1));
    models.put("000_SimpleCNN", SimpleCnn::new);
    models.put("000_SimpleFFN", SimpleFfn::new);
    models.put("001_MyModel", MyModel::new);
    models.put("001_MyModel_intro", MyModelIntro::new);
    models.put("001_ResNet18_printed", CifarResNet18::new);
    models.put("002_ComplexModule", ComplexModule::new);
    for (String choice : new String[] {"conv", "pool"}) {
      for (String activation : new String[] {"lrelu", "prelu"}) {
        models.put(
            "002_ModuleDict_MyModule_" + choice + "_" + activation,
            () -> new ModuleDictModel(choice, activation));
      }
    }
    models.put("002_ModuleList_MyModule", ModuleListModel::new);
    models.put("002_Parameter_MyModule", ParameterModel::new);
    models.put(
        "002_Sequential",
        () ->
            new Sequential(
                new Conv2d(1, 20, 5), new ReLU(), new Conv2d(20, 64, 5), new ReLU()));
    models.put("002_SimpleNN", SimpleNn::new);
    models.put("003_FCModel", FcModel::new);
    models.put("003_ResBlockWrapper", ResBlockWrapper::new);
    models.put("003_RestNet18", RestNet18::new);
    models.put("003_RestNetBasicBlock", () -> new RestNetBasicBlock(64, 64, 1));
    models.put("003_RestNetDownBlock", () -> new RestNetDownBlock(64, 128, 2, 1));
    models.put("003_Sequential_OrderedDict", GoldenModels::flattenLinear);
    models.put("003_Sequential_add_module", GoldenModels::flattenLinear);
    models.put(
        "003_Sequential_varargs",
        () -> new Sequential(new Flatten(), new Linear(784, 300), new ReLU()));
    models.put("003_SimpleLinear", SimpleLinear::new);
    models.put("004_MyNet_scaled32", MyNet::new);
    models.put("004_MyNet_way1", MyNetWay1::new);
    models.put("004_MyNet_way2", MyNetWay2::new);
    models.put("004_MyNet_way3", MyNetWay3::new);
    models.put("torchvision_mobilenet_v2", MobileNetV2::new);
    models.put("torchvision_resnet18", ResNet18::new);
    models.put("torchvision_resnet50", ResNet50::new);
    return models;
  }

  private static Sequential flattenLinear() {
    return new Sequential().add("flatten", new Flatten()).add("linear1", new Linear(784, 300));
  }
}
