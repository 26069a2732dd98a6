package io.kagimori.agent.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param devices devices of the fleet
 * @param requests requests sent, each counted once however often it was sent
 * @param results answers received, each counted once however often it was received
 * @param granted requests granted
 * @param confirmed requests whose activation was confirmed
 * @param refused requests refused, by reason
 * @param failed requests whose activation failed, by the code Windows printed
 * @param lost requests that miss an answer
 * @param duplicates requests that were decided or ended more than once; a repeated answer with the
 *     same id and the same bytes is the same answer and not counted here
 * @param resent answers received again, byte for byte
 * @param deadLetters dead letters, by reason
 * @param invariants whether each invariant holds
 * @param findings what broke an invariant, the first of each kind
 * @param latencyMs time from sending a request to seeing its decision
 * @param requestsPerSecond requests decided in a second while requests were under way
 * @param editions what came of the devices whose editions change; absent where none did
 * @param esu the ESU part of the run; absent where there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FleetSummary(
    int devices,
    int requests,
    int results,
    int granted,
    int confirmed,
    Map<String, Integer> refused,
    Map<String, Integer> failed,
    int lost,
    int duplicates,
    int resent,
    Map<String, Integer> deadLetters,
    Map<String, Boolean> invariants,
    List<String> findings,
    Latency latencyMs,
    double requestsPerSecond,
    EditionSummary editions,
    EsuSummary esu)
    implements Audited {

  /**
   * A latency in milliseconds.
   *
   * @param p50 half of all were faster
   * @param p99 ninety-nine of a hundred were faster
   */
  public record Latency(double p50, double p99) {}

  /** The same with the ESU part, whose losses and invariants count like the others. */
  FleetSummary with(EsuSummary part) {
    return with(
        part.lost(),
        part.duplicates(),
        part.resent(),
        part.invariants(),
        part.findings(),
        editions,
        part);
  }

  /** The same with what came of the devices whose editions change, counted like the others. */
  FleetSummary with(EditionSummary part) {
    return with(part.lost(), 0, part.resent(), part.invariants(), part.findings(), part, esu);
  }

  private FleetSummary with(
      int partLost,
      int partDuplicates,
      int partResent,
      Map<String, Boolean> partInvariants,
      List<String> partFindings,
      EditionSummary editionPart,
      EsuSummary esuPart) {
    Map<String, Boolean> all = new LinkedHashMap<>(invariants);
    all.putAll(partInvariants);
    List<String> found = new ArrayList<>(findings == null ? List.of() : findings);
    found.addAll(partFindings == null ? List.of() : partFindings);
    return new FleetSummary(
        devices,
        requests,
        results,
        granted,
        confirmed,
        refused,
        failed,
        lost + partLost,
        duplicates + partDuplicates,
        resent + partResent,
        deadLetters,
        all,
        found.isEmpty() ? null : found,
        latencyMs,
        requestsPerSecond,
        editionPart,
        esuPart);
  }
}
