package io.kagimori.agent.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What was seen of an edition fleet from outside.
 *
 * @param answers every record about it on the result topics, in the order it was seen
 * @param changes what REST says of each request at the end
 * @param seconds how long it took
 */
record EditionObserved(List<Seen> answers, Map<UUID, JsonNode> changes, double seconds) {

  /**
   * A record.
   *
   * @param topic the topic
   * @param eventId its event id
   * @param body its bytes as text
   * @param data what it says
   */
  record Seen(String topic, String eventId, String body, JsonNode data) {}
}
