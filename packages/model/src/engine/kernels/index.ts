import { becomesFloat, castToFloat } from './cast.ts';
import { conv2dFilterGradient } from './conv2d-filter-gradient.ts';
import { conv2dInputGradient, isPlainInputGradient } from './conv2d-input-gradient.ts';
import {
  concatRows,
  cutsOneAxis,
  isFloatConcat,
  isFloatSplit,
  sliceOneAxis,
  splitBySlices,
} from './copies.ts';
import { depthwiseFilterShader } from './depthwise-filter-shader.ts';
import { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise-gradients.ts';
import { isTransposedProduct, transposedMatMul } from './matmul.ts';
import { registerReductionGradients } from './reduction-gradients.ts';
import { registerComposed, replaceWhere } from './registry.ts';
import { registerRelu6Gradient } from './relu6-gradient.ts';
import { isNumeric, movesNoAxis, shareValues } from './share.ts';
import { isLeadingSum, sumOverLeadingAxes } from './sum-leading.ts';
import { globalPoolShader, isGlobalPool, sumLeadingShader } from './sum-shader.ts';
import { isUndilated, tapwiseFilterGradient } from './tapwise-filter-gradient.ts';

/** Adds to the wasm backend what training needs and the stock backend lacks or does slowly. Safe to call twice. */
export function registerGradientKernels(): void {
  registerReductionGradients();
  registerComposed('Conv2DBackpropFilter', conv2dFilterGradient);
  registerComposed('DepthwiseConv2dNativeBackpropInput', depthwiseInputGradient);
  registerComposed('DepthwiseConv2dNativeBackpropFilter', depthwiseFilterGradient);
  replaceWhere('Conv2DBackpropInput', isPlainInputGradient, conv2dInputGradient);
  replaceWhere('BatchMatMul', isTransposedProduct, transposedMatMul);
  replaceWhere('Slice', cutsOneAxis, sliceOneAxis);
  replaceWhere('SplitV', isFloatSplit, splitBySlices);
  replaceWhere('Concat', isFloatConcat, concatRows);
  replaceWhere('Identity', isNumeric, shareValues);
  replaceWhere('Transpose', movesNoAxis, shareValues);
  registerRelu6Gradient();
  replaceWhere('Sum', isLeadingSum, sumOverLeadingAxes);
}

/** Corrects what the stock WebGPU backend does wrong, and its gradients, which leave most of a device idle. Safe to call twice. */
export function registerWebgpuKernels(): void {
  registerReductionGradients();
  replaceWhere('Cast', becomesFloat, castToFloat, 'webgpu');
  replaceWhere('Conv2DBackpropInput', isPlainInputGradient, conv2dInputGradient, 'webgpu');
  replaceWhere('Conv2DBackpropFilter', isUndilated, tapwiseFilterGradient, 'webgpu');
  replaceWhere('DepthwiseConv2dNativeBackpropFilter', isUndilated, depthwiseFilterShader, 'webgpu');
  replaceWhere('Sum', isLeadingSum, sumLeadingShader, 'webgpu');
  replaceWhere('AvgPool', isGlobalPool, globalPoolShader, 'webgpu');
}
