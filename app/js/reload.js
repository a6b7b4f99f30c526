// Only while developing: loads the page again when the server was built anew.
let known;
const events = new EventSource("/dev/reload");
events.onmessage = ({ data }) => {
  if (known !== undefined && known !== data) location.reload();
  known = data;
};
