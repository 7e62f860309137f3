import type { LossWriter } from '../../differentiation/index.ts';

export const LABELS = 'labels';
export const WEIGHTS = 'weights';

/**
 * `maskCrossEntropy` and `softDiceLoss` of the first output, mask logits z, against labels l [n,s,s,m] weighted by w
 * [n,1,1,m], with p = sigmoid z. For each mask D = (2 sum w p l + 1) / (sum w p + sum w l + 1), and
 * dz = w (p - l) / count - (1 / m) w (2 l - D) / (sum w p + sum w l + 1) p (1 - p).
 */
export const maskLoss: LossWriter = (tape, [logits]) => {
  if (!logits) throw new RangeError('There are no logits.');
  const [m = 0, n = 0, h = 0, w = 0] = logits.shape;
  const { graph } = tape;
  const op = (name: string, operator: string, ...inputs: string[]) =>
    tape.node(`loss_${name}`, operator, inputs);
  const turned = (name: string, shape: readonly number[]) =>
    tape.node(`${name}_cnhw`, 'Transpose', [tape.given(name, shape).name], { perm: [3, 0, 1, 2] });
  const labels = turned(LABELS, [n, h, w, m]);
  const weights = turned(WEIGHTS, [n, 1, 1, m]);
  const perMask = (name: string, value: string) =>
    tape.node(`loss_${name}`, 'ReduceSum', [value, graph.indices(1, 2, 3)], { keepdims: 1 });
  const total = (name: string, value: string) =>
    tape.node(`loss_${name}`, 'ReduceSum', [value], { keepdims: 0 });
  const z = logits.name;
  const one = graph.scalar(1);

  const each = op('each', 'Sub', op('softplus', 'Softplus', z), op('on', 'Mul', z, labels));
  const share = graph.scalar(1 / (m * n * h * w));
  const entropy = op(
    'entropy',
    'Mul',
    total('entropy_sum', op('each_weighted', 'Mul', each, weights)),
    share,
  );

  const p = op('probability', 'Sigmoid', z);
  const ofLabels = op('labels_weighted', 'Mul', labels, weights);
  const both = perMask('both', op('overlap', 'Mul', p, ofLabels));
  const areas = op(
    'areas',
    'Add',
    perMask('p_area', op('p_weighted', 'Mul', p, weights)),
    perMask('l_area', ofLabels),
  );
  const below = op('below', 'Add', areas, one);
  const dice = op('dice', 'Div', op('above', 'Add', op('twice_both', 'Add', both, both), one), below);
  const meanDice = op('mean_dice', 'Mul', total('dice_sum', dice), graph.scalar(1 / m));

  const apart = op('apart', 'Mul', op('residual', 'Sub', p, labels), share);
  const pull = op('pull', 'Div', op('gain', 'Sub', op('twice', 'Add', labels, labels), dice), below);
  const slope = op('slope', 'Mul', p, op('rest', 'Sub', one, p));
  const ofDice = op('of_dice', 'Mul', op('pulled', 'Mul', pull, slope), graph.scalar(1 / m));
  tape.flow(logits, op('gradient', 'Mul', op('both_gradients', 'Sub', apart, ofDice), weights));
  return op('total', 'Add', entropy, op('dice_loss', 'Sub', one, meanDice));
};
