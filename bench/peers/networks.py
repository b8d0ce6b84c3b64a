"""The networks of `nabla bench` in PyTorch, with the parameter names that Nabla's have."""
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)


def lenet():
    return Net(
        nn.Conv2d(1, 6, 5, padding=2), nn.Sigmoid(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Sigmoid(), nn.AvgPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.Sigmoid(), nn.Linear(120, 84), nn.Sigmoid(), nn.Linear(84, 10))


def mlp():
    return Net(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))


def shortcut(inputs, outputs, stride):
    if stride == 1 and inputs == outputs:
        return None
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))


class BasicBlock(nn.Module):
    expansion = 1

    def __init__(self, inputs, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = shortcut(inputs, width, stride)

    def forward(self, x):
        y = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        y += x if self.downsample is None else self.downsample(x)
        return self.relu(y)


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, inputs, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, 4 * width, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * width)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = shortcut(inputs, 4 * width, stride)

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn3(self.conv3(self.relu(self.bn2(self.conv2(y)))))
        y += x if self.downsample is None else self.downsample(x)
        return self.relu(y)


class ResNet(nn.Module):
    def __init__(self, block, depths, classes, channels=3, small=False):
        super().__init__()
        self.conv1 = (nn.Conv2d(channels, 64, 3, 1, 1, bias=False) if small
                      else nn.Conv2d(channels, 64, 7, 2, 3, bias=False))
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.Identity() if small else nn.MaxPool2d(3, 2, 1)
        inputs = 64
        for stage, depth in enumerate(depths):
            blocks = []
            for i in range(depth):
                blocks.append(block(inputs, 64 << stage, 2 if stage > 0 and i == 0 else 1))
                inputs = (64 << stage) * block.expansion
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(nn.functional.adaptive_avg_pool2d(x, 1).flatten(1))


class Vgg11Bn(nn.Module):
    def __init__(self, classes):
        super().__init__()
        layers, inputs = [], 3
        for width in [64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0]:
            if width == 0:
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(inputs, width, 3, padding=1), nn.BatchNorm2d(width),
                           nn.ReLU(inplace=True)]
                inputs = width
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(7)
        # No dropout: both sides' losses are compared.
        self.classifier = nn.Sequential(
            nn.Linear(512 * 49, 4096), nn.ReLU(True), nn.Identity(),
            nn.Linear(4096, 4096), nn.ReLU(True), nn.Identity(), nn.Linear(4096, classes))

    def forward(self, x):
        return self.classifier(self.avgpool(self.features(x)).flatten(1))


def conv_norm_act(inputs, outputs, kernel, stride=1, groups=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs), nn.ReLU6(inplace=True))


class InvertedResidual(nn.Module):
    def __init__(self, inputs, outputs, stride, expansion):
        super().__init__()
        hidden = inputs * expansion
        widen = [] if expansion == 1 else [conv_norm_act(inputs, hidden, 1)]
        self.conv = nn.Sequential(
            *widen, conv_norm_act(hidden, hidden, 3, stride, hidden),
            nn.Conv2d(hidden, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
        self.add = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.conv(x) if self.add else self.conv(x)


class MobileNetV2(nn.Module):
    def __init__(self, classes):
        super().__init__()
        layers, inputs = [conv_norm_act(3, 32, 3, 2)], 32
        for expansion, outputs, blocks, stride in [
                (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1),
                (6, 160, 3, 2), (6, 320, 1, 1)]:
            for i in range(blocks):
                layers.append(InvertedResidual(inputs, outputs, stride if i == 0 else 1, expansion))
                inputs = outputs
        self.features = nn.Sequential(*layers, conv_norm_act(inputs, 1280, 1))
        self.classifier = nn.Sequential(nn.Identity(), nn.Linear(1280, classes))

    def forward(self, x):
        x = nn.functional.adaptive_avg_pool2d(self.features(x), 1)
        return self.classifier(x.flatten(1))


class CharModel(nn.Module):
    def __init__(self, kind, hidden):
        super().__init__()
        self.kind = kind
        self.embedding = nn.Embedding(64, 128)
        setattr(self, kind, {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}[kind](128, hidden))
        self.head = nn.Linear(hidden, 64)

    def forward(self, x):
        return self.head(getattr(self, self.kind)(self.embedding(x))[0]).flatten(0, 1)


class Transformer(nn.Module):
    def __init__(self, tokens, width):
        super().__init__()
        self.embedding = nn.Embedding(64, width)
        self.positions = nn.Parameter(torch.zeros(tokens, width))
        # No dropout: both sides' losses are compared.
        layer = nn.TransformerEncoderLayer(width, 4, 4 * width, 0.0, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 4)
        self.head = nn.Linear(width, 64)
        self.mask = torch.triu(torch.full((tokens, tokens), float("-inf")), 1)

    def forward(self, x):
        return self.head(self.encoder(self.embedding(x) + self.positions, self.mask)).flatten(0, 1)


def make(workload):
    """The network of a row of the table."""
    name = workload.removeprefix("infer-")
    # The sizes that end a name, such as batch × tokens × width.
    sizes = [int(size) for size in name.rsplit("-", 1)[-1].split("x") if size.isdigit()]
    if name.startswith("mlp"):
        return mlp()
    if name.startswith("lenet"):
        return lenet()
    if name.startswith("char-"):
        return CharModel(name.split("-")[1], sizes[2] if len(sizes) == 3 else 256)
    if name.startswith("transformer"):
        return Transformer(sizes[1], sizes[2] if len(sizes) == 3 else 256)
    if name.startswith("resnet18-cifar"):
        return ResNet(BasicBlock, [2, 2, 2, 2], 10, small=True)
    if name.startswith("resnet18-96"):
        return ResNet(BasicBlock, [2, 2, 2, 2], 10, channels=1)
    if name.startswith("vgg11bn"):
        return Vgg11Bn(10 if name == workload else 1000)
    if name.startswith("resnet18"):
        return ResNet(BasicBlock, [2, 2, 2, 2], 1000)
    if name.startswith("resnet50"):
        return ResNet(Bottleneck, [3, 4, 6, 3], 1000)
    if name.startswith("mobilenetv2"):
        return MobileNetV2(1000)
    raise ValueError(f"there is no network for the row {workload}")
