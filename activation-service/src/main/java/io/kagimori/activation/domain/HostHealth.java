package io.kagimori.activation.domain;

import io.kagimori.contracts.event.KmsHostReported;
import io.kagimori.contracts.event.KmsRequestLogged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is known of a KMS host beside its count: settings and their changes, its service, its SRV
 * record, its requests. Kept apart from {@link KmsHost}, whose row each activation locks.
 *
 * @param host name, lower case
 * @param settings as they were reported last
 * @param settingsChangedAt when the host said that a setting was changed; null when it never did
 * @param changes changes that were seen between reports, oldest first
 * @param service its licensing service
 * @param publishing what became of its SRV record
 * @param requests its own counters; null when it told none
 * @param logged what its log showed of single requests
 * @param asOf when the newest report was collected; null when there was none
 */
public record HostHealth(
    String host,
    Settings settings,
    Instant settingsChangedAt,
    List<Change> changes,
    Service service,
    Publishing publishing,
    KmsHostReported.Requests requests,
    Logged logged,
    Instant asOf) {
  private static final int CHANGES_MAX = 30;

  /** Writing of the SRV record failed, and succeeded. Source: kms_rules.csv, event-06, event-07. */
  private static final int PUBLISHING_FAILED = 12_293;

  private static final int PUBLISHING_SUCCEEDED = 12_294;

  /** The licensing service is starting, and has started (its own event log; common knowledge). */
  private static final List<Integer> SERVICE_STARTED = List.of(900, 902);

  /**
   * What an administrator sets on a host; null where it was never told.
   *
   * @param port listening TCP port
   * @param dnsPublishing whether it writes its SRV record
   * @param priority scheduling priority
   * @param activationIntervalMinutes minutes it hands to clients not yet activated
   * @param renewalIntervalMinutes minutes it hands to activated clients
   */
  public record Settings(
      Integer port,
      Boolean dnsPublishing,
      String priority,
      Long activationIntervalMinutes,
      Long renewalIntervalMinutes) {
    static final Settings UNKNOWN = new Settings(null, null, null, null, null);
  }

  /**
   * A setting that changed.
   *
   * @param at when, or when it was seen first
   * @param setting its name in {@link Settings}
   * @param from value before
   * @param to value after
   * @param by how it was changed, such as {@code GROUP_POLICY}; null where nobody told
   */
  public record Change(Instant at, String setting, String from, String to, String by) {}

  /**
   * The licensing service.
   *
   * @param name {@code sppsvc} or {@code slsvc}, as it was told; null where it was not
   * @param version its version
   * @param startedAt when it started last, as far as was seen
   */
  public record Service(String name, String version, Instant startedAt) {
    static final Service UNKNOWN = new Service(null, null, null);

    /** Systems whose service is slsvc. Source: kms_rules.csv, host-08 (Vista, Server 2008). */
    private static final String SLSVC_VERSION = "6.0.";

    /** The name by which it is restarted. */
    public String restartName() {
      if (name != null) {
        return name;
      }
      return version != null && version.startsWith(SLSVC_VERSION) ? "slsvc" : "sppsvc";
    }
  }

  /**
   * What became of the SRV record.
   *
   * @param failedAt newest failure; null when none was logged
   * @param code code of that failure
   * @param domain DNS domain of that failure
   * @param succeededAt newest success; null when none was logged
   */
  public record Publishing(Instant failedAt, String code, String domain, Instant succeededAt) {
    static final Publishing UNKNOWN = new Publishing(null, null, null, null);

    boolean isFailing() {
      return failedAt != null && (succeededAt == null || succeededAt.isBefore(failedAt));
    }
  }

  /**
   * Requests that the host's log showed one by one.
   *
   * @param total how many
   * @param failed those that were answered with a code
   * @param lastAt the newest
   */
  public record Logged(long total, long failed, Instant lastAt) {
    static final Logged NONE = new Logged(0, 0, null);
  }

  public HostHealth {
    settings = settings == null ? Settings.UNKNOWN : settings;
    changes = changes == null ? List.of() : List.copyOf(changes);
    service = service == null ? Service.UNKNOWN : service;
    publishing = publishing == null ? Publishing.UNKNOWN : publishing;
    logged = logged == null ? Logged.NONE : logged;
  }

  /** A host of which nothing is known. */
  public static HostHealth unknown(String host) {
    return new HostHealth(host, null, null, null, null, null, null, null, null);
  }

  /**
   * After a report; one that was collected before the newest changes nothing.
   *
   * @param now record time
   */
  public HostHealth reported(KmsHostReported said, Instant now) {
    Instant at =
        said.collectedAt() == null || said.collectedAt().isAfter(now) ? now : said.collectedAt();
    if (asOf != null && at.isBefore(asOf)) {
      return this;
    }
    Settings next =
        new Settings(
            said.port() == null ? settings.port() : said.port(),
            said.dnsPublishing() == null ? settings.dnsPublishing() : said.dnsPublishing(),
            said.priority() == null ? settings.priority() : said.priority(),
            said.activationIntervalMinutes() == null
                ? settings.activationIntervalMinutes()
                : said.activationIntervalMinutes(),
            said.renewalIntervalMinutes() == null
                ? settings.renewalIntervalMinutes()
                : said.renewalIntervalMinutes());
    return new HostHealth(
        host,
        next,
        later(settingsChangedAt, said.settingsChangedAt()),
        changes(next, said, at),
        service(said),
        publishing(said),
        said.requests() == null ? requests : said.requests(),
        logged,
        at);
  }

  private List<Change> changes(Settings next, KmsHostReported said, Instant at) {
    // A time of the change that lies before the last look cannot be the time of what is new now.
    boolean dated =
        said.settingsChangedAt() != null
            && asOf != null
            && said.settingsChangedAt().isAfter(asOf)
            && !said.settingsChangedAt().isAfter(at);
    Changes found = new Changes(dated ? said.settingsChangedAt() : at, said.configuredBy());
    found.compare("port", settings.port(), next.port());
    found.compare("dnsPublishing", settings.dnsPublishing(), next.dnsPublishing());
    found.compare("priority", settings.priority(), next.priority());
    found.compare(
        "activationIntervalMinutes",
        settings.activationIntervalMinutes(),
        next.activationIntervalMinutes());
    found.compare(
        "renewalIntervalMinutes", settings.renewalIntervalMinutes(), next.renewalIntervalMinutes());
    List<Change> all = new ArrayList<>(changes);
    all.addAll(found.all);
    return all.subList(Math.max(0, all.size() - CHANGES_MAX), all.size());
  }

  private static final class Changes {
    private final List<Change> all = new ArrayList<>();
    private final Instant at;
    private final String by;

    private Changes(Instant at, String by) {
      this.at = at;
      this.by = by;
    }

    private void compare(String setting, Object from, Object to) {
      if (from != null && !Objects.equals(from, to)) {
        all.add(new Change(at, setting, from.toString(), to.toString(), by));
      }
    }
  }

  private Service service(KmsHostReported said) {
    Instant started = later(service.startedAt(), said.serviceStartedAt());
    for (KmsHostReported.Logged event : events(said)) {
      started = SERVICE_STARTED.contains(event.id()) ? later(started, event.at()) : started;
    }
    return new Service(
        said.serviceName() == null ? service.name() : said.serviceName(),
        said.serviceVersion() == null ? service.version() : said.serviceVersion(),
        started);
  }

  private Publishing publishing(KmsHostReported said) {
    Publishing after = publishing;
    for (KmsHostReported.Logged event : events(said)) {
      if (event.id() == PUBLISHING_FAILED
          && Objects.equals(later(after.failedAt(), event.at()), event.at())) {
        after = new Publishing(event.at(), event.code(), event.domain(), after.succeededAt());
      } else if (event.id() == PUBLISHING_SUCCEEDED) {
        after =
            new Publishing(
                after.failedAt(),
                after.code(),
                after.domain(),
                later(after.succeededAt(), event.at()));
      }
    }
    return after;
  }

  private static List<KmsHostReported.Logged> events(KmsHostReported said) {
    return said.events() == null ? List.of() : said.events();
  }

  /**
   * After a request that the host logged.
   *
   * @param at when the client asked
   */
  public HostHealth logged(KmsRequestLogged said, Instant at) {
    Logged next =
        new Logged(
            logged.total() + 1,
            logged.failed() + (isFailure(said.result()) ? 1 : 0),
            later(logged.lastAt(), at));
    return new HostHealth(
        host, settings, settingsChangedAt, changes, service, publishing, requests, next, asOf);
  }

  private static boolean isFailure(String result) {
    return result != null && !result.isBlank() && !result.strip().matches("(0[xX])?0+");
  }

  /** The changes that no restart of the service has put into effect yet. */
  public List<Change> pending() {
    return changes.stream().filter(change -> isPending(change.at())).toList();
  }

  /** Since when a change waits for a restart; null when none does. */
  public Instant pendingSince() {
    List<Change> pending = pending();
    if (!pending.isEmpty()) {
      return pending.get(0).at();
    }
    return settingsChangedAt != null && service.startedAt() != null && isPending(settingsChangedAt)
        ? settingsChangedAt
        : null;
  }

  private boolean isPending(Instant changedAt) {
    return service.startedAt() == null || !service.startedAt().isAfter(changedAt);
  }

  private static Instant later(Instant a, Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isAfter(b) ? a : b;
  }
}
