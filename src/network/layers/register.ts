// Registers our layers and activations, so that saved models with them load again.

import './activations.js';
import './convolution-layers.js';
import './dot-layer.js';
import './element-layers.js';
import './image-layers.js';
import './normalization-layers.js';
import './operation-layers.js';
