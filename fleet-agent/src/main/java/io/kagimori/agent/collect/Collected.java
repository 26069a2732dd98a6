package io.kagimori.agent.collect;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts one text states.
 *
 * @param name what the caller calls the text, usually its file name
 * @param kind what the text is, the foremost where it is several things
 * @param kinds all that the text is; empty where that is nothing known
 * @param language UI language of the text as two letters, {@code und} where none can be told
 * @param facts fact name to value in the order of the text; values are strings, integers, booleans
 *     and maps of these. A value the text leaves empty or masks is absent. Several products stand
 *     under {@code products} as a list of such maps, events of the licensing service under {@code
 *     events}
 * @param findings oddities worth a look
 * @param unrecognized lines that were not understood, without product keys
 * @param reason why the kind is {@link Kind#UNKNOWN}, otherwise empty
 */
public record Collected(
    String name,
    Kind kind,
    List<Kind> kinds,
    String language,
    Map<String, Object> facts,
    List<Finding> findings,
    List<String> unrecognized,
    Optional<String> reason) {}
