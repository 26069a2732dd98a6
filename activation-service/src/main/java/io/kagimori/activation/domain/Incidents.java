package io.kagimori.activation.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The incidents that a batch touches, folded one failure after another. Pure; not for several
 * threads. Loaded with the watches locked, written back set-wise.
 */
public final class Incidents {
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Limits limits;
  private final Map<String, IncidentWatch> watches = new HashMap<>();
  private final Set<String> changedWatches = new TreeSet<>();
  private final Map<String, Incident> changedIncidents = new TreeMap<>();
  private final Map<Membership, IncidentMember> members = new HashMap<>();
  private final Map<Membership, IncidentMember> changedMembers = new TreeMap<>();

  /**
   * When failures become an incident and when it is over.
   *
   * @param devices so many devices make one
   * @param window within this time
   * @param quiet it is over when none of them has failed for so long
   */
  public record Limits(int devices, Duration window, Duration quiet) {
    public static final Limits DEFAULT =
        new Limits(5, Duration.ofMinutes(10), Duration.ofMinutes(30));
  }

  /** A device in an incident. */
  public record Membership(String incidentId, String deviceId) implements Comparable<Membership> {
    @Override
    public int compareTo(Membership other) {
      int byIncident = incidentId.compareTo(other.incidentId);
      return byIncident != 0 ? byIncident : deviceId.compareTo(other.deviceId);
    }
  }

  public Incidents(Limits limits) {
    this.limits = limits;
  }

  public Limits limits() {
    return limits;
  }

  /** Puts in a watch as it was read; one that stays idle was made to be locked only, and goes. */
  public void loaded(IncidentWatch watch) {
    watches.put(watch.kind(), watch);
    if (watch.isIdle()) {
      changedWatches.add(watch.kind());
    }
  }

  /** Puts in a device of an incident as it was read. */
  public void loaded(IncidentMember member) {
    members.put(new Membership(member.incidentId(), member.deviceId()), member);
  }

  /** The incidents that go on. */
  public Collection<String> openIds() {
    return watches.values().stream()
        .filter(watch -> watch.open() != null)
        .map(watch -> watch.open().incidentId())
        .sorted()
        .toList();
  }

  /** A device failed. */
  public void failed(FailureSignal signal) {
    closeIfQuiet(signal.kind(), signal.at());
    IncidentWatch watch = watch(signal.kind());
    if (watch.open() == null) {
      gathered(watch, signal);
    } else {
      changed(new IncidentWatch(watch.kind(), List.of(), joined(watch.open(), signal)));
    }
  }

  private void gathered(IncidentWatch watch, FailureSignal signal) {
    Instant since = signal.at().minus(limits.window());
    List<FailureSignal> recent = new ArrayList<>();
    for (FailureSignal before : watch.recent()) {
      if (!before.at().isBefore(since) && !before.deviceId().equals(signal.deviceId())) {
        recent.add(before);
      }
    }
    recent.add(signal);
    if (recent.size() < limits.devices()) {
      changed(new IncidentWatch(watch.kind(), recent, null));
      return;
    }
    Incident incident = opened(recent, signal);
    for (FailureSignal each : recent) {
      incident = joined(incident, each);
    }
    changed(new IncidentWatch(watch.kind(), List.of(), incident));
  }

  private static Incident opened(List<FailureSignal> recent, FailureSignal last) {
    String name = last.kind().replaceAll("[^A-Za-z0-9_]", "_");
    return new Incident(
        ID_TIME.format(last.at()) + "-" + name,
        last.kind(),
        Incident.State.OPEN,
        last.reason(),
        last.code(),
        last.cause(),
        recent.get(0).at(),
        last.at(),
        last.at(),
        null,
        0,
        0,
        Map.of());
  }

  private Incident joined(Incident incident, FailureSignal signal) {
    Membership place = new Membership(incident.incidentId(), signal.deviceId());
    IncidentMember member = members.get(place);
    if (member == null) {
      member = new IncidentMember(place.incidentId(), place.deviceId(), signal, signal.at(), null);
      changed(place, member);
      return incident.with(signal);
    }
    boolean worked = member.recoveredAt() != null;
    changed(place, member.again(signal));
    return worked ? incident.relapsed(signal.at()) : incident.again(signal.at());
  }

  /** A device that had failed in these ways works again. */
  public void recovered(String deviceId, Collection<String> kinds, Instant at) {
    for (String kind : kinds) {
      IncidentWatch watch = watch(kind);
      if (watch.open() == null) {
        List<FailureSignal> left =
            watch.recent().stream().filter(s -> !s.deviceId().equals(deviceId)).toList();
        if (left.size() < watch.recent().size()) {
          changed(new IncidentWatch(kind, left, null));
        }
        continue;
      }
      Membership place = new Membership(watch.open().incidentId(), deviceId);
      IncidentMember member = members.get(place);
      if (member != null && member.recoveredAt() == null) {
        changed(place, member.recovered(at));
        Incident after = watch.open().recovered(at);
        changedIncidents.put(after.incidentId(), after);
        changed(
            new IncidentWatch(
                kind, List.of(), after.state() == Incident.State.OPEN ? after : null));
      }
    }
  }

  /** Time has come to this point. */
  public void ticked(Instant now) {
    for (String kind : new TreeSet<>(watches.keySet())) {
      closeIfQuiet(kind, now);
      IncidentWatch watch = watch(kind);
      Instant since = now.minus(limits.window());
      List<FailureSignal> left =
          watch.recent().stream().filter(signal -> signal.at().isAfter(since)).toList();
      if (left.size() < watch.recent().size()) {
        changed(new IncidentWatch(kind, left, watch.open()));
      }
    }
  }

  private void closeIfQuiet(String kind, Instant now) {
    IncidentWatch watch = watch(kind);
    if (watch.open() != null && !watch.open().lastAt().plus(limits.quiet()).isAfter(now)) {
      Incident closed = watch.open().closed(watch.open().lastAt().plus(limits.quiet()));
      changedIncidents.put(closed.incidentId(), closed);
      changed(IncidentWatch.idle(kind));
    }
  }

  private IncidentWatch watch(String kind) {
    return watches.computeIfAbsent(kind, IncidentWatch::idle);
  }

  private void changed(IncidentWatch watch) {
    watches.put(watch.kind(), watch);
    changedWatches.add(watch.kind());
    if (watch.open() != null) {
      changedIncidents.put(watch.open().incidentId(), watch.open());
    }
  }

  private void changed(Membership place, IncidentMember member) {
    members.put(place, member);
    changedMembers.put(place, member);
  }

  /** The watches to write, sorted by kind; an idle one is to be deleted. */
  public List<IncidentWatch> changedWatches() {
    return changedWatches.stream().map(this::watch).toList();
  }

  /** The incidents to write. */
  public Collection<Incident> changedIncidents() {
    return List.copyOf(changedIncidents.values());
  }

  /** The devices of incidents to write. */
  public Collection<IncidentMember> changedMembers() {
    return List.copyOf(changedMembers.values());
  }
}
