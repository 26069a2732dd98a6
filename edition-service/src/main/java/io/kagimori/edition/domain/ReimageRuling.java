package io.kagimori.edition.domain;

import io.kagimori.contracts.event.ReimageDecided.Rule;
import io.kagimori.contracts.event.ReimageDecision;
import io.kagimori.contracts.event.Warning;
import java.util.List;
import java.util.Map;

/**
 * What the re-imaging rules say, with everything the decision rests on.
 *
 * @param decision permitted, conditional or not
 * @param reasons what speaks against it or binds it
 * @param rules the rules that fired, as they were worded then
 * @param warnings what the reader should know besides
 * @param detail figures and names behind the reasons
 * @param overrideId the override that lifted a refusal; null where none did
 */
public record ReimageRuling(
    ReimageDecision decision,
    List<String> reasons,
    List<Rule> rules,
    List<Warning> warnings,
    Map<String, Object> detail,
    String overrideId) {}
