export { CloudInit, type CloudInitProps, type CloudInitUser } from "./cloud-init";
