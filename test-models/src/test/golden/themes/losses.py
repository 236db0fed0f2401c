"""Losses: each class, argument and reduction, targets of every kind, and the functions."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from torch_nn import ints, x

REDUCTIONS = ("none", "mean", "sum")
WEIGHT = torch.tensor([0.5, 1.0, 2.0, 0.25, 1.5])


def own(make):
    """weights are arguments here, so they stay as given"""
    return lambda: (make(), "own")


def reduced(name, make, inputs):
    return [("%s_%s" % (name, r), own(lambda r=r: make(r)), inputs) for r in REDUCTIONS]


def probabilities(*shape):
    return x(*shape).softmax(1 if len(shape) > 1 else 0)


def ignoring(target, index):
    """the target with every third class replaced by the ignored one"""
    flat = target.clone().reshape(-1)
    flat[::3] = index
    return flat.reshape(target.shape)


def class_cases(name, cls, input_of):
    def row(suffix, inputs, **arguments):
        return reduced(name + suffix, lambda r: cls(reduction=r, **arguments), inputs)

    plain = [input_of(6, 5), ints(6, hi=5)]
    return (
        row("", plain)
        + row("_weight", plain, weight=WEIGHT)
        + row("_ignore", [input_of(6, 5), ignoring(ints(6, hi=5), -100)])
        + row("_weight_ignore", [input_of(6, 5), ignoring(ints(6, hi=5), 2)], weight=WEIGHT, ignore_index=2)
        + row("_2d", [input_of(2, 5, 3, 4), ints(2, 3, 4, hi=5)])
        + row("_weight_2d", [input_of(2, 5, 3, 4), ignoring(ints(2, 3, 4, hi=5), 1)], weight=WEIGHT, ignore_index=1)
        + row("_unbatched", [input_of(5), torch.tensor(3)])
        + row("_weight_unbatched", [input_of(5), torch.tensor(3)], weight=WEIGHT)
        + row("_all_ignored", [input_of(2, 5), torch.tensor([-100, -100])])
    )


def smoothed(name, inputs, **arguments):
    return reduced(name, lambda r: nn.CrossEntropyLoss(reduction=r, **arguments), inputs)


def log_probabilities(*shape):
    return x(*shape).log_softmax(1 if len(shape) > 1 else 0)


PAIR = [x(5, 4), x(5, 4)]
LARGE = [torch.tensor([[1000.0, -1000.0, 0.0, 2.0, 1.0], [-3e4, 3e4, 1.0, 0.0, 2.0]]), torch.tensor([1, 1])]
BROADCAST = [x(3, 4), x(4)]
UNIT = [x(4, 3, lo=0.01, hi=0.99), x(4, 3, lo=0, hi=1)]
CERTAIN = [torch.tensor([0.0, 1.0, 0.0, 1.0, 1e-30, 0.5]), torch.tensor([0.0, 0.0, 1.0, 1.0, 1.0, 1.0])]
LOGITS = [x(4, 3, lo=-6, hi=6), x(4, 3, lo=0, hi=1)]
LARGE_LOGITS = [torch.tensor([100.0, -100.0, 1000.0, -1000.0, 0.0]), torch.tensor([0.0, 0.0, 1.0, 1.0, 0.5])]
ELEMENT = x(4, 3, lo=0, hi=2)
POSITIVE = x(3, lo=0.5, hi=3)
DIVERGENCE = [log_probabilities(4, 3), probabilities(4, 3)]
ZEROS = [log_probabilities(2, 3), torch.tensor([[0.0, 1.0, 0.0], [0.5, 0.5, 0.0]])]
LOG_DIVERGENCE = [log_probabilities(4, 3, 2), log_probabilities(4, 3, 2)]

CASES = (
    reduced("MSELoss", lambda r: nn.MSELoss(reduction=r), PAIR)
    + reduced("MSELoss_4d", lambda r: nn.MSELoss(reduction=r), [x(2, 3, 4, 4), x(2, 3, 4, 4)])
    + reduced("MSELoss_broadcast", lambda r: nn.MSELoss(reduction=r), BROADCAST)
    + reduced("MSELoss_scalar", lambda r: nn.MSELoss(reduction=r), [torch.tensor(1.5), torch.tensor(-0.25)])
    + reduced("L1Loss", lambda r: nn.L1Loss(reduction=r), PAIR)
    + reduced("SmoothL1Loss", lambda r: nn.SmoothL1Loss(reduction=r), PAIR)
    + reduced("SmoothL1Loss_beta", lambda r: nn.SmoothL1Loss(reduction=r, beta=0.3), PAIR)
    + reduced("SmoothL1Loss_beta_0", lambda r: nn.SmoothL1Loss(reduction=r, beta=0), PAIR)
    + reduced("HuberLoss", lambda r: nn.HuberLoss(reduction=r), PAIR)
    + reduced("HuberLoss_delta", lambda r: nn.HuberLoss(reduction=r, delta=2.5), PAIR)
    + class_cases("CrossEntropyLoss", nn.CrossEntropyLoss, x)
    + smoothed("CrossEntropyLoss_large_logits", LARGE)
    + smoothed("CrossEntropyLoss_smooth", [x(6, 5), ints(6, hi=5)], label_smoothing=0.1)
    + smoothed("CrossEntropyLoss_smooth_2d", [x(2, 5, 3), ints(2, 3, hi=5)], label_smoothing=0.3)
    + smoothed("CrossEntropyLoss_smooth_unbatched", [x(5), torch.tensor(3)], label_smoothing=0.3, weight=WEIGHT)
    + smoothed("CrossEntropyLoss_smooth_1", [x(6, 5), ints(6, hi=5)], label_smoothing=1.0)
    + smoothed("CrossEntropyLoss_weight_smooth_ignore", [x(6, 5), ignoring(ints(6, hi=5), 4)], weight=WEIGHT, label_smoothing=0.2, ignore_index=4)
    + smoothed("CrossEntropyLoss_weight_smooth_2d", [x(2, 5, 3), ignoring(ints(2, 3, hi=5), 0)], weight=WEIGHT, label_smoothing=0.2, ignore_index=0)
    + smoothed("CrossEntropyLoss_prob", [x(6, 5), probabilities(6, 5)])
    + smoothed("CrossEntropyLoss_prob_2d", [x(2, 5, 3, 2), probabilities(2, 5, 3, 2)], weight=WEIGHT)
    + smoothed("CrossEntropyLoss_prob_unbatched", [x(5), probabilities(5)], weight=WEIGHT, label_smoothing=0.1)
    + smoothed("CrossEntropyLoss_prob_weight_smooth", [x(6, 5), probabilities(6, 5)], weight=WEIGHT, label_smoothing=0.1)
    + class_cases("NLLLoss", nn.NLLLoss, log_probabilities)
    + reduced("BCELoss", lambda r: nn.BCELoss(reduction=r), UNIT)
    + reduced("BCELoss_weight", lambda r: nn.BCELoss(reduction=r, weight=ELEMENT), UNIT)
    + reduced("BCELoss_weight_broadcast", lambda r: nn.BCELoss(reduction=r, weight=POSITIVE), UNIT)
    + reduced("BCELoss_certain", lambda r: nn.BCELoss(reduction=r), CERTAIN)
    + reduced("BCEWithLogitsLoss", lambda r: nn.BCEWithLogitsLoss(reduction=r), LOGITS)
    + reduced("BCEWithLogitsLoss_weight", lambda r: nn.BCEWithLogitsLoss(reduction=r, weight=ELEMENT), LOGITS)
    + reduced("BCEWithLogitsLoss_pos_weight", lambda r: nn.BCEWithLogitsLoss(reduction=r, pos_weight=POSITIVE), LOGITS)
    + reduced("BCEWithLogitsLoss_both", lambda r: nn.BCEWithLogitsLoss(reduction=r, weight=ELEMENT, pos_weight=POSITIVE), LOGITS)
    + reduced("BCEWithLogitsLoss_large", lambda r: nn.BCEWithLogitsLoss(reduction=r), LARGE_LOGITS)
    + [
        ("KLDivLoss_%s%s" % (r, suffix), own(lambda r=r, log=log: nn.KLDivLoss(reduction=r, log_target=log)), inputs)
        for suffix, log, inputs in (("", False, DIVERGENCE), ("_zeros", False, ZEROS), ("_log_target", True, LOG_DIVERGENCE))
        for r in REDUCTIONS + ("batchmean",)
    ]
    + [
        ("mse_loss", lambda: F.mse_loss, PAIR),
        ("l1_loss", lambda: F.l1_loss, PAIR),
        ("smooth_l1_loss", lambda: F.smooth_l1_loss, PAIR),
        ("huber_loss", lambda: F.huber_loss, PAIR),
        ("cross_entropy", lambda: F.cross_entropy, [x(6, 5), ints(6, hi=5)]),
        ("cross_entropy_weight", lambda: lambda i, t: F.cross_entropy(i, t, weight=WEIGHT), [x(6, 5), ints(6, hi=5)]),
        ("nll_loss", lambda: F.nll_loss, [log_probabilities(6, 5), ints(6, hi=5)]),
        ("binary_cross_entropy", lambda: F.binary_cross_entropy, UNIT),
        ("binary_cross_entropy_with_logits", lambda: F.binary_cross_entropy_with_logits, LOGITS),
        ("kl_div", lambda: F.kl_div, DIVERGENCE),
    ]
)
