/**
 * Facts out of what licensing tools print, in any UI language.
 *
 * <p>The risk is a wrong fact: a request counter taken for the license status, a mask taken for a
 * key, half an identifier from a folded line. So nothing is guessed. {@code SourceText} turns bytes
 * to text, {@code Lines} takes off what mail, Markdown and consoles added, {@code EntryScan} finds
 * the label or statement of each line in {@code Vocabulary} (one file of wordings for all
 * languages, looked up under {@code LabelKey}) and joins folded lines, and a reader such as {@code
 * SlmgrListing} turns entries into facts, each through a reading in {@code Values} that gives
 * nothing for a value of another shape. A further kind of text joins with rows in {@code
 * labels.csv}, a reader and a line in {@link io.kagimori.agent.collect.Collector}.
 */
package io.kagimori.agent.collect;
