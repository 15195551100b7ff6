/**
 * A plug-in of somebody else, which sees the core alone: a task, a head, an optimizer, a backbone.
 */
@NullMarked
package com.example.plugin;

import org.jspecify.annotations.NullMarked;
