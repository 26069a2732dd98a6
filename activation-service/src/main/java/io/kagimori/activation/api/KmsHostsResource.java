package io.kagimori.activation.api;

import io.kagimori.activation.domain.HostHealth;
import io.kagimori.activation.domain.HostHealths;
import io.kagimori.activation.domain.KmsHost;
import io.kagimori.activation.domain.KmsRequests;
import io.kagimori.activation.store.DeviceFacetEntity;
import io.kagimori.activation.store.HostHealthEntity;
import io.kagimori.activation.store.KmsHostEntity;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.KmsRules;
import io.kagimori.stream.api.Page;
import io.kagimori.stream.api.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** KMS hosts: counts, health, requests and the clients that must be told of a change. */
@Path("/kms-hosts")
public class KmsHostsResource {
  private final KmsRules rules = Catalogue.get().kmsRules();

  /**
   * A request of a client as the host logged it.
   *
   * @param cmid client machine ID
   * @param client name of the client
   * @param required count the client demands
   * @param result code of the answer
   * @param licenseStatus the client's status, 0 to 6
   * @param remainingMinutes minutes the client had left
   * @param requestedAt when it asked
   */
  public record RequestView(
      String cmid,
      String client,
      Integer required,
      String result,
      Integer licenseStatus,
      Long remainingMinutes,
      Instant requestedAt) {
    static RequestView of(HostHealths.LoggedRequest request) {
      return new RequestView(
          KmsRequests.cmid(request.said().cmid()),
          request.said().client(),
          request.said().required(),
          request.said().result(),
          request.said().licenseStatus(),
          request.said().remainingMinutes(),
          request.requestedAt());
    }
  }

  /**
   * A device that has the host registered with another port.
   *
   * @param deviceId the device
   * @param host the host as the device has it
   * @param port the port the device uses
   * @param command what to run on it
   */
  public record MisdirectedView(String deviceId, String host, Integer port, String command) {}

  /** KMS hosts in the order of their names. */
  @GET
  public Page<KmsHostView> list(
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    return Page.of(views(KmsHostEntity.after(after, limit + 1)), limit, KmsHostView::host);
  }

  /** One KMS host. */
  @GET
  @Path("/{host}")
  public KmsHostView show(String host) {
    return views(List.of(known(host))).get(0);
  }

  /** The newest request of each client that the host logged, by client machine ID. */
  @GET
  @Path("/{host}/requests")
  public Page<RequestView> requests(
      String host,
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    List<RequestView> rows =
        HostHealthEntity.requests(known(host).host(), after, limit + 1).stream()
            .map(RequestView::of)
            .toList();
    return Page.of(rows, limit, RequestView::cmid);
  }

  /** Devices that have the host registered with another port, and so must register it again. */
  @GET
  @Path("/{host}/must-reregister")
  public Page<MisdirectedView> mustReregister(
      String host,
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    KmsHost known = known(host);
    int port = KmsHostView.port(known, rules);
    List<MisdirectedView> rows =
        DeviceFacetEntity.otherPort(names(known.host()), port, after, limit + 1).stream()
            .map(
                row ->
                    new MisdirectedView(
                        row.deviceId,
                        row.kmsHost,
                        row.kmsPort,
                        "slmgr /skms " + row.kmsHost + ":" + port))
            .toList();
    return Page.of(rows, limit, MisdirectedView::deviceId);
  }

  private static KmsHost known(String host) {
    return KmsHostEntity.named(KmsRequests.hostName(host))
        .orElseThrow(
            () ->
                Problem.of(404, "KMS_HOST_UNKNOWN", "host", "No KMS host of that name is known.")
                    .exception());
  }

  private List<KmsHostView> views(List<KmsHost> hosts) {
    Instant now = Instant.now();
    List<String> names = hosts.stream().map(KmsHost::host).toList();
    Map<String, Integer> counts =
        KmsHostEntity.counts(names, now.minus(rules.countRetention()), KmsHostView.ceiling(rules));
    Map<String, HostHealth> healths = HostHealthEntity.named(names);
    return hosts.stream()
        .map(
            host ->
                KmsHostView.of(
                    host,
                    healths.getOrDefault(host.host(), HostHealth.unknown(host.host())),
                    counts.getOrDefault(host.host(), 0),
                    DeviceFacetEntity.registered(names(host.host()), KmsHostView.port(host, rules)),
                    keyUse(host),
                    rules,
                    now))
        .toList();
  }

  private KmsHostView.KeyUse keyUse(KmsHost host) {
    String partialKey = host.report() == null ? null : host.report().partialKey();
    return partialKey == null
        ? null
        : new KmsHostView.KeyUse(
            partialKey,
            KmsHostEntity.withHostKey(partialKey),
            rules.hostsPerHostKey(),
            rules.activationsPerHost());
  }

  /** A client may have a host registered by its full name or by the first part of it. */
  private static List<String> names(String host) {
    int dot = host.indexOf('.');
    boolean address = host.indexOf(':') >= 0 || Character.isDigit(host.charAt(host.length() - 1));
    return dot < 1 || address ? List.of(host) : List.of(host, host.substring(0, dot));
  }
}
