package io.kagimori.edition.domain;

import static io.kagimori.edition.domain.World.R2;
import static io.kagimori.edition.domain.World.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.EditionPath;
import io.kagimori.contracts.catalogue.SetupKey;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.EditionVerdict;
import io.kagimori.contracts.event.Fields;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which keys change an edition, and which only activate it afterwards. */
class UpgradeKeysTest {
  private final World world = new World().mak("mak-hq", R2, 10);

  @Test
  @DisplayName("S0-05 predict the MAK failure before trying, with a plan that works")
  void makIsBlocked() {
    World.Upgrade asked = upgrade();
    asked.keyId = "mak-hq";

    EditionResult result = world.ask(asked);

    World.assertRefused(result, "BLOCKED_KEY_TYPE");
    assertThat(result.code()).isEqualTo("1605");
    assertThat(result.detail()).containsEntry("why", "edition-specific key needed");
    assertThat(result.steps().get(0)).contains("/Set-Edition:ServerEnterprise", "{key:setup-key-");

    Map<?, ?> plan = (Map<?, ?>) result.detail().get("plan");
    asked.keyId = (String) plan.get("keyId");
    asked.activationKeyId = (String) plan.get("activationKeyId");
    assertThat(asked.activationKeyId).isEqualTo("mak-hq");
    assertThat(world.ask(asked).verdict()).isEqualTo(EditionVerdict.PLANNED);
  }

  @Test
  @DisplayName("S0-05 a MAK is found by its last five characters too")
  void makByPartialKey() {
    World.Upgrade asked = upgrade();
    asked.partialKey = World.partial("mak-hq");

    World.assertRefused(world.ask(asked), "BLOCKED_KEY_TYPE");
  }

  @Test
  @DisplayName("S0-07 a key made for exactly the target edition is taken by DISM")
  void editionSpecificKey() {
    world.key("retail-ent", KeyKind.RETAIL, R2, List.of("ServerEnterprise"), 1);
    world.key("retail-all", KeyKind.RETAIL, R2, List.of("*"), 1);
    World.Upgrade asked = upgrade();
    asked.keyId = "retail-ent";
    assertThat(world.ask(asked).verdict()).isEqualTo(EditionVerdict.PLANNED);

    World.Upgrade other = upgrade().device("srv-2");
    other.keyId = "retail-all";
    World.assertRefused(world.ask(other), "BLOCKED_KEY_TYPE");
  }

  @Test
  @DisplayName("S0-07 a key that is blocked or has ended changes no edition")
  void unusableKey() {
    world.batch.keys().loaded(retail("blocked", true, null));
    world.batch.keys().loaded(retail("ended", false, World.NOW));
    World.Upgrade blocked = upgrade();
    blocked.keyId = "blocked";
    World.assertRefused(world.ask(blocked), "KEY_BLOCKED");
    World.Upgrade ended = upgrade();
    ended.keyId = "ended";
    World.assertRefused(world.ask(ended), "KEY_EXPIRED");
  }

  private static KeyState retail(String id, boolean blocked, Instant expiresAt) {
    return new KeyState(
        id,
        1,
        KeyKind.RETAIL,
        World.partial(id),
        List.of(new KeyProduct(R2, List.of("ServerEnterprise"))),
        null,
        null,
        expiresAt,
        blocked,
        1,
        1,
        0,
        0,
        0,
        0,
        null,
        World.NOW);
  }

  @Test
  @DisplayName("S0-08 choose the right client setup key; without one the official list is named")
  void setupKey() {
    assertThat(world.ask(upgrade()).detail())
        .containsEntry(
            "setupKeyId",
            Catalogue.get().products().setupKeyFor(R2, "ServerEnterprise").orElseThrow().keyId());

    EditionResult none =
        world.ask(upgrade().device("pc-7").product("windows-7", "Professional", "Enterprise"));
    assertThat(none.verdict()).isEqualTo(EditionVerdict.PLANNED);
  }

  @Test
  @DisplayName("S0-08 an edition without setup key: NO_SETUP_KEY with the official list")
  void noSetupKey() {
    EditionPath path =
        Catalogue.get().editionPaths().all().stream()
            .filter(p -> p.support().filter(EditionPath.Support.YES::equals).isPresent())
            .filter(p -> p.products().size() >= 1 && p.fromEdition().isPresent())
            .filter(
                p -> p.toEdition().isPresent() && UpgradeMethod.of(p) == UpgradeMethod.CHANGE_KEY)
            .filter(
                p ->
                    Catalogue.get()
                        .products()
                        .setupKeyFor(p.products().get(0), p.toEdition().get())
                        .isEmpty())
            .findFirst()
            .orElse(null);
    if (path == null) {
      // Today the catalogue has a setup key for every target it leads to.
      assertThat(
              new UpgradeKeys(Catalogue.get().products())
                  .choose(
                      upgrade().asked(),
                      "ServerNobodyKnows",
                      UpgradeMethod.DISM_SET_EDITION,
                      new KeyBook(),
                      World.NOW)
                  .refusal())
          .hasValueSatisfying(
              refusal -> {
                assertThat(refusal.reason()).isEqualTo("NO_SETUP_KEY");
                assertThat(refusal.detail()).containsEntry("list", SetupKey.OFFICIAL_LIST);
              });
      return;
    }
    EditionResult result =
        world.ask(
            upgrade()
                .product(path.products().get(0), path.fromEdition().get(), path.toEdition().get()));
    World.assertRefused(result, "NO_SETUP_KEY");
    assertThat(result.detail()).containsEntry("list", SetupKey.OFFICIAL_LIST);
  }

  @Test
  @DisplayName("S0-09 reject an edition/key mismatch locally, naming the right key")
  void setupKeyMismatch() {
    World.Upgrade asked = upgrade();
    asked.keyId =
        Catalogue.get().products().setupKeyFor(R2, "ServerStandard").orElseThrow().keyId();

    EditionResult result = world.ask(asked);

    World.assertRefused(result, "SETUP_KEY_EDITION_MISMATCH");
    assertThat(result.detail())
        .containsEntry(
            "setupKeyId",
            Catalogue.get().products().setupKeyFor(R2, "ServerEnterprise").orElseThrow().keyId());
  }

  @Test
  @DisplayName("S0-10 keep the MAK for later: by reference, and no full key anywhere")
  void keepsTheMak() {
    World.Upgrade asked = upgrade();
    asked.activationKeyId = "mak-hq";

    EditionResult result = world.ask(asked);

    assertThat(result.detail()).containsEntry("activationKeyId", "mak-hq");
    assertThat(new String(EventJson.bytes(result), StandardCharsets.UTF_8))
        .doesNotContainPattern("[0-9A-Z]{5}(-[0-9A-Z]{5}){4}");
  }

  @Test
  @DisplayName("S0-10 a full key where the id of a key belongs is no request")
  void fullKeyAsId() {
    // In the alphabet of keys, and of no customer.
    String full = String.join("-", Collections.nCopies(5, World.partial("full")));
    World.Upgrade change = upgrade();
    change.keyId = full;
    assertThat(invalid(change)).contains("keyId");
    World.Upgrade afterwards = upgrade();
    afterwards.activationKeyId = full;
    assertThat(invalid(afterwards)).contains("activationKeyId");
    World.Upgrade partial = upgrade();
    partial.partialKey = full;
    assertThat(invalid(partial)).contains("partialKey");
    assertThat(invalid(upgrade())).isEmpty();
  }

  private static Optional<String> invalid(World.Upgrade upgrade) {
    Fields fields = new Fields();
    upgrade.asked().check(fields);
    return fields.invalid();
  }
}
