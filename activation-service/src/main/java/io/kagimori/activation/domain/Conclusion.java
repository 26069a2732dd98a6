package io.kagimori.activation.domain;

import io.kagimori.contracts.event.ActivationResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a rule concludes: the facts to store and the answer to give.
 *
 * @param activation the activation as it is now, when it changed
 * @param device the device as it is now
 * @param host the KMS host as it is now, when it changed
 * @param confirmation a confirmation ID worth keeping
 * @param history lines for the device's history
 * @param failure the failure as incidents see it, when this is one
 * @param answer the answer; absent where the event only leaves a trace
 */
public record Conclusion(
    Optional<Activation> activation,
    Device device,
    Optional<KmsHost> host,
    Optional<Confirmation> confirmation,
    List<DeviceHistory> history,
    Optional<FailureSignal> failure,
    Optional<ActivationResult> answer) {

  public Conclusion {
    history = List.copyOf(history);
  }

  /** A decision on an activation, which is also its answer. */
  static Conclusion decided(Activation activation, Device device, List<DeviceHistory> history) {
    return new Conclusion(
        Optional.of(activation),
        device,
        Optional.empty(),
        Optional.empty(),
        history,
        Optional.empty(),
        Optional.of(activation.result()));
  }

  /** Facts without an answer. */
  static Conclusion traced(
      Optional<Activation> activation, Device device, List<DeviceHistory> history) {
    return new Conclusion(
        activation,
        device,
        Optional.empty(),
        Optional.empty(),
        history,
        Optional.empty(),
        Optional.empty());
  }

  Conclusion with(KmsHost changed) {
    return new Conclusion(
        activation, device, Optional.of(changed), confirmation, history, failure, answer);
  }

  Conclusion with(Optional<Confirmation> kept) {
    return new Conclusion(activation, device, host, kept, history, failure, answer);
  }

  /** The same with one more line of history. */
  Conclusion with(DeviceHistory line) {
    List<DeviceHistory> all = new ArrayList<>(history);
    all.add(line);
    return new Conclusion(activation, device, host, confirmation, all, failure, answer);
  }

  /** The same on a device whose activation is asked for again, with the line that says so. */
  public Conclusion retried(DeviceHistory line, Instant now) {
    Device marked = device.withTrouble(device.trouble().retried(now), now);
    return new Conclusion(activation, marked, host, confirmation, history, failure, answer)
        .with(line);
  }

  Conclusion with(FailureSignal signal) {
    return new Conclusion(
        activation, device, host, confirmation, history, Optional.of(signal), answer);
  }
}
