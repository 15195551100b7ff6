package org.trimtab.onnx;

import java.util.List;

/**
 * An operator at work (NodeProto).
 *
 * @param inputs the numbers of the values that it reads
 * @param outputs those of the values that it gives
 * @param attributes in the form in which they are written
 */
record Node(
    String operator, List<Integer> inputs, List<Integer> outputs, List<Message> attributes) {}
