package io.kagimori.activation;

import static io.kagimori.activation.Samples.license;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.kagimori.activation.domain.WorkItem;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Work for people, and what REST takes from nobody. */
@QuarkusTest
@TestProfile(ServiceTest.SmallSweeps.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "activation"))
class WorkItemsServiceTest extends ServiceTest {
  @Test
  @DisplayName("S1-33 last resorts are work items with owner, day and state, each change kept")
  void workItems() {
    device("pc", license("VOLUME_MAK", "AAAAA", 5, null, null), "NETWORK");
    known("pc");
    UUID request = EventIds.request();
    Map<String, Object> asked =
        Map.of(
            "kind",
            "VENDOR_TICKET",
            "owner",
            "tanaka",
            "dueOn",
            "2020-01-31",
            "deviceId",
            name("pc"),
            "note",
            "case 4711");

    for (int i = 0; i < 2; i++) {
      post("/work-items", request, asked)
          .statusCode(201)
          .header("Location", containsString("/work-items/" + request))
          .body("state", equalTo("OPEN"))
          .body("overdue", equalTo(true));
    }
    post(
            "/work-items",
            request,
            Map.of(
                "kind", "REPURCHASE", "owner", "x", "dueOn", "2030-01-01", "deviceId", name("pc")))
        .statusCode(409)
        .body("code", equalTo("ID_REUSED"));
    UUID change = EventIds.request();
    String changes = "/work-items/" + request + "/changes";
    for (int i = 0; i < 2; i++) {
      post(changes, change, Map.of("state", "DONE", "owner", "suzuki"))
          .statusCode(201)
          .body("owner", equalTo("suzuki"))
          .body("overdue", equalTo(false));
    }
    post(changes, EventIds.request(), Map.of("state", "WAITING"))
        .statusCode(409)
        .body("code", equalTo("STATE_NOT_ALLOWED"));
    post(changes, EventIds.request(), Map.of("state", "OPEN")).statusCode(201);
    given()
        .get(API + "/work-items/" + request)
        .then()
        .statusCode(200)
        .body("history.state", contains("OPEN", "DONE", "OPEN"))
        .body("history.owner", contains("tanaka", "suzuki", "suzuki"))
        .body("note", equalTo("case 4711"));
    given()
        .queryParam("device", name("pc"))
        .queryParam("overdue", true)
        .get(API + "/work-items")
        .then()
        .statusCode(200)
        .body("items.itemId", contains(request.toString()));
  }

  @ParameterizedTest
  @EnumSource(WorkItem.Kind.class)
  @DisplayName("S1-33 each last resort is recorded with its owner and its day")
  void everyKind(WorkItem.Kind kind) {
    device("pc", license("VOLUME_MAK", "AAAAA", 5, null, null), "NETWORK");
    known("pc");
    post(
            "/work-items",
            EventIds.request(),
            Map.of(
                "kind",
                kind.name(),
                "owner",
                "tanaka",
                "dueOn",
                "2030-01-31",
                "deviceId",
                name("pc")))
        .statusCode(201);

    given()
        .queryParam("device", name("pc"))
        .get(API + "/work-items")
        .then()
        .body("items.kind", contains(kind.name()))
        .body("items.owner", contains("tanaka"))
        .body("items.dueOn", contains("2030-01-31"));
  }

  @Test
  @DisplayName(
      "S1-33 a work item that names nothing known, or too little, is refused with the field")
  void workItemRefused() {
    device("pc", license("VOLUME_MAK", "AAAAA", 5, null, null), "NETWORK");
    known("pc");
    post(
            "/work-items",
            EventIds.request(),
            Map.of(
                "kind",
                "EDITION_MOVE",
                "owner",
                "x",
                "dueOn",
                "2030-01-01",
                "deviceId",
                name("nobody")))
        .statusCode(422)
        .body("code", equalTo("DEVICE_UNKNOWN"));
    post(
            "/work-items",
            EventIds.request(),
            Map.of(
                "kind", "EDITION_MOVE", "owner", "x", "dueOn", "2030-01-01", "incidentId", "none"))
        .statusCode(422)
        .body("code", equalTo("INCIDENT_UNKNOWN"));
    post(
            "/work-items",
            EventIds.request(),
            Map.of(
                "kind",
                "EDITION_MOVE",
                "owner",
                " ",
                "dueOn",
                "2030-01-01",
                "deviceId",
                name("pc")))
        .statusCode(400)
        .body("field", equalTo("owner"));
    post(
            "/work-items",
            EventIds.request(),
            Map.of("kind", "EDITION_MOVE", "owner", "x", "dueOn", "soon", "deviceId", name("pc")))
        .statusCode(400)
        .body("field", equalTo("dueOn"));
    post(
            "/work-items",
            EventIds.request(),
            Map.of("kind", "EDITION_MOVE", "owner", "x", "dueOn", "2030-01-01"))
        .statusCode(400)
        .body("field", equalTo("deviceId"));
    UUID nowhere = EventIds.request();
    post("/work-items/" + nowhere + "/changes", nowhere, Map.of("state", "DONE")).statusCode(404);
    given().get(API + "/work-items/nothing").then().statusCode(404);
  }

  @Test
  @DisplayName("SX-03 a full product key in a path, a query or a text is refused and not repeated")
  void fullKeys() {
    String key = syntheticKey();
    device("pc", license("VOLUME_MAK", "AAAAA", 5, null, null), "NETWORK");
    known("pc");

    post(
            "/work-items",
            EventIds.request(),
            Map.of(
                "kind",
                "KEY_REISSUE",
                "owner",
                "x",
                "dueOn",
                "2030-01-01",
                "deviceId",
                name("pc"),
                "note",
                "replace " + key + " please"))
        .statusCode(422)
        .body("code", equalTo("FULL_KEY_REFUSED"))
        .body("field", equalTo("note"))
        .body(not(containsString(key.substring(0, 11))));
    given()
        .queryParam("product", key)
        .get(API + "/devices")
        .then()
        .statusCode(422)
        .body("code", equalTo("FULL_KEY_REFUSED"));
    given()
        .get(API + "/devices/" + key)
        .then()
        .statusCode(422)
        .body(not(containsString(key.substring(0, 11))));
  }
}
