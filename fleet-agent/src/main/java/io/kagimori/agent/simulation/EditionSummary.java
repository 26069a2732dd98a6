package io.kagimori.agent.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What came of a fleet whose editions change.
 *
 * @param devices devices of the fleet
 * @param answers answers received, each counted once however often it was received
 * @param resent answers received again, byte for byte
 * @param ends how many changes ended in each state
 * @param reasons refusals and failures by reason
 * @param lost changes without an end
 * @param invariants whether each invariant holds
 * @param findings what broke an invariant, the first of each kind
 * @param seconds how long it took
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EditionSummary(
    int devices,
    int answers,
    int resent,
    Map<String, Integer> ends,
    Map<String, Integer> reasons,
    int lost,
    Map<String, Boolean> invariants,
    List<String> findings,
    double seconds)
    implements Audited {}
